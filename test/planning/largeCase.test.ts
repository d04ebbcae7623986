import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { planFiles } from '../../src/cli/plan.js';

const LOCATIONS = 2_000;
const LINES = 500;
const MEGABYTE = 1_000_000;

const skuOf = (line: number) => `SKU-${line}`;
const codeOf = (location: number) => `L${String(location).padStart(4, '0')}`;

/** Every location has every thirtieth SKU, and one of them everything. */
function largeCase(complete: number): object {
  const has = (location: number, line: number) => location === complete || (location + line) % 30 === 0;
  const lines = Array.from({ length: LINES }, (_, line) => ({
    id: String(line),
    sku: skuOf(line),
    quantity: 1 + (line % 3),
    unitPrice: 100,
  }));
  return {
    order: { number: 'R1', lines, shippingAddress: { country: 'TR', latitude: 41, longitude: 29 } },
    locations: Array.from({ length: LOCATIONS }, (_, location) => ({
      code: codeOf(location),
      address: { country: 'TR', latitude: 36 + (location % 60) / 10, longitude: 26 + (location % 180) / 10 },
    })),
    stock: Array.from({ length: LOCATIONS }, (_, location) =>
      lines.flatMap(({ sku }, line) => (has(location, line) ? [{ location: codeOf(location), sku, quantity: 3 }] : [])),
    ).flat(),
    scenarios: [
      {
        name: 'default',
        defaultLocation: codeOf(0),
        rules: [
          { name: 'near', strategy: 'single', locations: { withinKm: 50 }, rank: [{ by: 'distance' }] },
          { name: 'anywhere', strategy: 'single', rank: [{ by: 'distance' }] },
        ],
      },
    ],
  };
}

test('500 lines at 2,000 locations are planned, and explained in less than a megabyte', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'plan-')), 'large.json');
  writeFileSync(file, JSON.stringify(largeCase(1_234)));

  const { stdout, exitCode } = planFiles([file], { budgetMs: 100 });

  expect(exitCode).toBe(0);
  expect(stdout.length).toBeLessThan(MEGABYTE);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'planned',
    packages: [{ location: 'L1234', rule: 'anywhere' }],
    objective: { packages: 1 },
    optimal: true,
  });
});
