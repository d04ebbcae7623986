import fc from 'fast-check';

import { planCase } from '../../../src/schemas/planCase.js';

export const CODES = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const SKUS = ['X', 'Y', 'Z'];

const rank = fc.uniqueArray(
  fc.record({
    by: fc.constantFrom('priority', 'stock', 'density', 'distance', 'load_age'),
    order: fc.constantFrom('asc', 'desc'),
  }),
  { maxLength: 2, selector: ({ by }) => by },
);

const filter = fc.record(
  { exclude: fc.subarray(CODES, { maxLength: 2 }), types: fc.constant(['store']), requireQuota: fc.constant(true) },
  { requiredKeys: [] },
);

const rule = fc.record(
  {
    strategy: fc.constantFrom('single', 'fewest', 'partial', 'partial'),
    locations: filter,
    rank,
    maxPackages: fc.integer({ min: 1, max: 3 }),
    minPackageValue: fc.integer({ min: 0, max: 4 }),
    allowLineSplit: fc.boolean(),
    transferable: fc.boolean(),
    lines: fc.constantFrom("line.sku == 'X'", "line.id < '2'"),
  },
  { requiredKeys: ['strategy', 'locations', 'rank'] },
);

const transferRule = fc.record(
  { lines: fc.constantFrom('any', 'all', "line.sku != 'X'"), rank, maxSources: fc.integer({ min: 1, max: 2 }) },
  { requiredKeys: ['lines', 'rank'] },
);

const named = <Value extends object>(values: readonly Value[]) =>
  values.map((value, index) => ({ name: `r${index}`, ...value }));

// Few values, so that ties and shortages are common.
const location = fc.record(
  {
    type: fc.constantFrom('store', 'warehouse'),
    priority: fc.integer({ min: 0, max: 2 }),
    active: fc.constantFrom(true, true, true, false),
    maxQuota: fc.integer({ min: 0, max: 3 }),
    safetyStock: fc.record({ default: fc.integer({ min: 0, max: 1 }) }),
    roles: fc.constantFrom(['packs', 'transferSource'], ['packs'], ['transferSource']),
    address: fc.record({ latitude: fc.integer({ min: 0, max: 2 }), longitude: fc.integer({ min: 0, max: 1 }) }),
  },
  { requiredKeys: ['type', 'priority'] },
);

const line = fc.record(
  {
    sku: fc.constantFrom(...SKUS),
    quantity: fc.integer({ min: 1, max: 3 }),
    unitPrice: fc.integer({ min: 0, max: 2 }),
    keepTogetherGroup: fc.constantFrom('g', 'h'),
  },
  { requiredKeys: ['sku', 'quantity', 'unitPrice'] },
);

/** Small plan cases of every kind, as the schema makes them. */
export const anyCase = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    locations: fc.array(location, { minLength: 1, maxLength: CODES.length }),
    stock: fc.array(fc.tuple(fc.nat(CODES.length - 1), fc.constantFrom(...SKUS), fc.integer({ min: 0, max: 4 })), {
      maxLength: 25,
    }),
    refused: fc.array(fc.tuple(fc.nat(CODES.length - 1), fc.nat(4)), { maxLength: 4 }),
    missing: fc.array(fc.tuple(fc.nat(CODES.length - 1), fc.constantFrom(...SKUS)), { maxLength: 2 }),
    open: fc.dictionary(fc.constantFrom(...CODES), fc.integer({ min: 0, max: 3 })),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    transferRules: fc.array(transferRule, { maxLength: 2 }),
  })
  .map(({ lines, locations, stock, refused, missing, open, rules, transferRules }) => {
    const lastWorkAt = Object.fromEntries(Object.entries(open).map(([code, n]) => [code, `2026-11-2${n}T00:00:00Z`]));
    const stockOf = new Map(
      stock.map(([at, sku, quantity]) => [`${at} ${sku}`, { location: CODES[at], sku, quantity }]),
    );
    return planCase.parse({
      at: '2026-11-23T09:00:00Z',
      order: {
        number: 'R1',
        shippingAddress: { latitude: 0, longitude: 0 },
        lines: lines.map((of, index) => ({ id: String(index), ...of })),
      },
      locations: locations.map((of, index) => ({ code: CODES[index], ...of })),
      stock: [...stockOf.values()],
      openPackages: open,
      lastWorkAt,
      discrepancies: missing.map(([at, sku]) => ({ location: CODES[at], sku })),
      exclusions: refused
        .filter(([, at]) => at < lines.length)
        .map(([at, index]) => ({ location: CODES[at], line: String(index) })),
      scenarios: [{ name: 's', defaultLocation: 'A', rules: named(rules) }],
      transferScenarios: transferRules.length > 0 ? [{ name: 't', rules: named(transferRules) }] : [],
    });
  });

export type AnyCase = ReturnType<typeof planCase.parse>;
