import { plan } from '../../../src/domain/planning/plan.js';
import { planCase } from '../../../src/schemas/planCase.js';

const at = '2026-11-23T09:00:00Z';
const nearest = [{ by: 'distance', order: 'asc' }];
const address = (latitude: number) => ({ country: 'TR', latitude, longitude: 29 });

/** Two of MUG and one of CUP, to be sent to latitude 41; one degree is 111.2 km. */
const tell = (change: object): string => {
  const input = planCase.parse({
    at,
    order: {
      number: 'R1',
      channel: 'web',
      shippingAddress: address(41),
      lines: [
        { id: '1', sku: 'MUG', quantity: 2, unitPrice: 100 },
        { id: '2', sku: 'CUP', quantity: 1, unitPrice: 100 },
      ],
    },
    locations: [
      { code: 'W1', type: 'warehouse', priority: 1, address: address(41.2) },
      { code: 'S1', type: 'store', priority: 2, address: address(41.1) },
      { code: 'S2', type: 'store', priority: 3, active: false, address: address(41) },
    ],
    stock: [],
    scenarios: [],
    ...change,
  });
  return plan(input, { budgetMs: 250 }).explanation.text;
};

const rule = (name: string, strategy: string, change: object = {}) => ({ name, strategy, rank: nearest, ...change });
const scenario = (rules: object[]) => [{ name: 'default', defaultLocation: 'W1', version: 3, rules }];
const has = (location: string, mugs: number, cups: number) => [
  { location, sku: 'MUG', quantity: mugs },
  { location, sku: 'CUP', quantity: cups },
];

test('the winner, the runner-up and what lies between them', () => {
  const text = tell({
    stock: [...has('W1', 9, 9), ...has('S1', 2, 1)],
    scenarios: scenario([rule('one place', 'single')]),
  });

  expect(text).toBe(
    [
      'Scenario default version 3 applies: it comes first by priority.',
      'Rule "one place" (single) sees 3 units of 2 lines. 2 locations can take part; left out: 1 not active (S2). It placed 3 units at S1. S1 wins over W1: 11.1 km instead of 22.2 km.',
      'S1 packs 3 units. Nothing is parked.',
    ].join('\n'),
  );
});

test('what fits nowhere is parked, by line, and the rules say why they did not help', () => {
  const text = tell({
    stock: has('S1', 1, 1),
    scenarios: scenario([
      rule('express', 'single', { when: 'order.priority == 1' }),
      rule('one place', 'single'),
      rule('what we can', 'partial'),
    ]),
  });

  expect(text).toBe(
    [
      'Scenario default version 3 applies: it comes first by priority.',
      'Rule "express" does not apply: its condition does not hold.',
      'Rule "one place" (single) sees 3 units of 2 lines. 1 location can take part; left out: 1 not active (S2) and 1 without stock (W1). It placed nothing: no single location can supply everything.',
      'Rule "what we can" (partial) sees 3 units of 2 lines. 1 location can take part; left out: 1 not active (S2) and 1 without stock (W1). It placed 2 units at S1. No other choice of locations was possible.',
      'S1 packs 2 units. 1 unit fits nowhere and is parked at W1: 1 of MUG (line 1).',
    ].join('\n'),
  );
});

test('goods that must come from elsewhere', () => {
  const text = tell({
    stock: [...has('W1', 9, 0), ...has('S1', 0, 1)],
    scenarios: scenario([rule('brought together', 'single', { transferable: true })]),
    transferScenarios: [{ name: 'vans', rules: [{ name: 'any', lines: 'any', sources: {}, rank: nearest }] }],
  });

  expect(text.split('\n').slice(1)).toEqual([
    'Transfer scenario vans version 1 applies: it comes first by priority.',
    'Rule "brought together" (single) sees 3 units of 2 lines. 2 locations can take part; left out: 1 not active (S2). It placed 3 units at S1, with goods from W1. S1 wins over W1: 11.1 km instead of 22.2 km.',
    'S1 packs 3 units, 2 units from W1. Nothing is parked.',
  ]);
});

test('which scenarios were passed over, and by which condition', () => {
  const other = { priority: 1, defaultLocation: 'W1', rules: [rule('any', 'partial')] };

  expect(
    tell({
      scenarios: [
        { ...other, name: 'app', conditions: { channel: { in: ['app'] } } },
        ...scenario([rule('one place', 'single')]),
        { ...other, name: 'last', priority: 200 },
      ],
    }),
  ).toMatch(
    /^Scenario default version 3 applies: passed over: app version 1 \(channel: web is not in the list\); behind it: last version 1\.\n/,
  );
  expect(tell({ scenarios: [] })).toBe('No scenario is published.');
  expect(tell({ scenarios: [{ ...other, name: 'app', conditions: { channel: { in: ['app'] } } }] })).toBe(
    'No scenario has conditions that this order meets; passed over: app version 1 (channel: web is not in the list).',
  );
});

test.each([
  [
    'more units',
    [...has('W1', 2, 0), ...has('S1', 1, 0)],
    { maxPackages: 1 },
    'W1 wins over S1: 2 units instead of 1.',
  ],
  ['fewer packages', [...has('W1', 2, 1), ...has('S1', 2, 0)], {}, 'No other choice of locations was possible.'],
  [
    'priority',
    [...has('W1', 2, 1), ...has('S1', 2, 1)],
    { rank: [{ by: 'priority', order: 'asc' }] },
    'W1 wins over S1: priority 1 instead of 2.',
  ],
  [
    'stock',
    [...has('W1', 2, 1), ...has('S1', 4, 1)],
    { rank: [{ by: 'stock', order: 'desc' }] },
    'S1 wins over W1: 5 in stock instead of 3.',
  ],
  [
    'the code',
    [...has('W1', 2, 1), ...has('S1', 2, 1)],
    { rank: [] },
    'S1 wins over W1: all else being equal, the codes decide.',
  ],
])('the winner is better by %s', (name, stock, change, sentence) => {
  const strategy = name === 'more units' ? 'partial' : 'fewest';

  expect(tell({ stock, scenarios: scenario([rule('it', strategy, change)]) })).toContain(sentence);
});
