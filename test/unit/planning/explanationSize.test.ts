import { plan } from '../../../src/domain/planning/plan.js';
import { planCase } from '../../../src/schemas/planCase.js';

const codes = Array.from({ length: 2_000 }, (_, at) => `STORE-${String(at).padStart(6, '0')}`);
const lines = Array.from({ length: 12 }, (_, at) => ({
  id: String(at),
  sku: `SKU-0000-${at}`,
  quantity: 2,
  unitPrice: 1,
}));

/** Ten rules that see everything and place nothing or little, so that each is explained at length. */
const rules = Array.from({ length: 10 }, (_, at) => ({
  name: `rule number ${at}`,
  strategy: at < 9 ? 'single' : 'partial',
  locations: { types: ['warehouse'] },
  rank: [
    { by: 'priority', order: 'asc' },
    { by: 'stock', order: 'desc' },
  ],
}));

test('a decision over 2,000 locations and 12 lines is explained in 100 kB, and in a page of text', () => {
  const input = planCase.parse({
    at: '2026-11-23T09:00:00Z',
    order: { number: 'R1', lines },
    locations: codes.map((code, at) => ({
      code,
      type: at % 2 === 0 ? 'warehouse' : 'store',
      priority: at % 7,
      active: at % 5 !== 0,
    })),
    stock: codes.flatMap((location, at) =>
      lines.flatMap(({ sku }, line) => ((at + line) % 3 === 0 ? [{ location, sku, quantity: 1 }] : [])),
    ),
    scenarios: [{ name: 'default', defaultLocation: codes[0], rules }],
  });

  const { explanation } = plan(input, { budgetMs: 250 });

  expect(explanation.rules).toHaveLength(10);
  expect(explanation.rules[0]).toMatchObject({
    excluded: [
      { reason: 'inactive', count: 400 },
      { reason: 'other_type', count: 800 },
    ],
  });
  expect(JSON.stringify(explanation).length).toBeLessThan(100_000);
  expect(explanation.text.length).toBeLessThan(5_000);
});
