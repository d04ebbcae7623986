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

/** The value one time in so many; otherwise the field is left out. */
const rarely = <Value>(oneIn: number, value: fc.Arbitrary<Value>) =>
  fc.nat(oneIn - 1).chain((n) => (n === 0 ? value : fc.constant(undefined)));

function given<Fields extends Record<string, unknown>>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

const filter = fc
  .record({
    exclude: rarely(4, fc.subarray(CODES, { maxLength: 2 })),
    types: rarely(8, fc.constant(['store'])),
    requireQuota: rarely(5, fc.constant(true)),
  })
  .map(given);

const rule = fc
  .record({
    strategy: fc.constantFrom('single', 'fewest', 'fewest', 'partial', 'partial', 'partial'),
    locations: filter,
    rank,
    maxPackages: rarely(3, fc.integer({ min: 1, max: 3 })),
    minPackageValue: rarely(4, fc.integer({ min: 1, max: 6 })),
    allowLineSplit: rarely(3, fc.constant(false)),
    transferable: rarely(4, fc.constant(true)),
    lines: rarely(5, fc.constantFrom("line.sku == 'X'", "line.id < '2'")),
  })
  .map(given);

const transferRule = fc
  .record({
    lines: fc.constantFrom('any', 'any', 'all', "line.sku != 'X'"),
    rank,
    maxSources: rarely(3, fc.integer({ min: 1, max: 2 })),
  })
  .map(given);

const named = <Value extends object>(values: readonly Value[]) =>
  values.map((value, index) => ({ name: `r${index}`, ...value }));

// Few values, so that ties and shortages are common.
const location = fc
  .record({
    type: fc.constantFrom('store', 'warehouse'),
    priority: fc.integer({ min: 0, max: 2 }),
    active: rarely(12, fc.constant(false)),
    maxQuota: rarely(2, fc.integer({ min: 0, max: 3 })),
    safetyStock: rarely(4, fc.record({ default: fc.integer({ min: 0, max: 1 }) })),
    roles: rarely(5, fc.constantFrom(['packs'], ['transferSource'])),
    address: rarely(
      2,
      fc.record({ latitude: fc.integer({ min: 0, max: 2 }), longitude: fc.integer({ min: 0, max: 1 }) }),
    ),
  })
  .map(given);

const line = fc
  .record({
    sku: fc.constantFrom(...SKUS),
    quantity: fc.integer({ min: 1, max: 3 }),
    unitPrice: fc.integer({ min: 1, max: 4 }),
    keepTogetherGroup: rarely(5, fc.constantFrom('g', 'h')),
  })
  .map(given);

const units = fc.constantFrom(0, 1, 1, 1, 2, 2, 3, 5);

/** Small plan cases of every kind, as the schema makes them. */
export const anyCase = fc
  .noBias(
    fc.record({
      lines: fc.array(line, { minLength: 1, maxLength: 5, size: 'max' }),
      locations: fc.array(location, { minLength: 2, maxLength: CODES.length, size: 'max' }),
      stock: fc.array(fc.tuple(fc.nat(CODES.length - 1), fc.constantFrom(...SKUS), units), {
        minLength: 5,
        maxLength: 30,
        size: 'max',
      }),
      refused: fc.array(fc.tuple(fc.nat(CODES.length - 1), fc.nat(4)), { maxLength: 4, size: 'max' }),
      missing: fc.array(fc.tuple(fc.nat(CODES.length - 1), fc.constantFrom(...SKUS)), { maxLength: 1, size: 'max' }),
      open: fc.dictionary(fc.constantFrom(...CODES), fc.integer({ min: 0, max: 3 }), { maxKeys: 5 }),
      rules: fc.array(rule, { minLength: 1, maxLength: 3, size: 'max' }),
      transferRules: fc.array(transferRule, { maxLength: 2, size: 'max' }),
    }),
  )
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
