import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createMetrics } from '../../../src/platform/metrics.js';

const page = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');

test('the table of metrics has a row for each of ours, with its labels', () => {
  const { registry, ...metrics } = createMetrics();
  const ours = Object.values(metrics) as unknown as { name: string; labelNames: string[] }[];
  const rows = [...page.matchAll(/^\| `(oms_[a-z_]+)`\s+\| ([^|]*?)\s*\|/gm)].map(([, name, labels]) => [name, labels]);

  expect(rows).toEqual(
    ours.map(({ name, labelNames }) => [name, labelNames.map((label) => `\`${label}\``).join(', ')]),
  );
  expect(registry.getMetricsAsArray().filter(({ name }) => name.startsWith('oms_'))).toHaveLength(ours.length);
});
