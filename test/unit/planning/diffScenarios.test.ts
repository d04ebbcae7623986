import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { diffScenarios } from '../../../src/domain/planning/diff/diffScenarios.js';
import { scenario, transferScenario } from '../../../src/schemas/scenario.js';

const rule = (name: string, more: object = {}) => ({ name, strategy: 'single', ...more });
const distribution = (...rules: object[]) => scenario.parse({ name: 's', defaultLocation: 'W1', rules });
const near = { locations: { include: ['W1', 'W2'], withinKm: 5 } };

test.each([
  [
    'a rule that only moved',
    distribution(rule('a'), rule('b'), rule('c')),
    distribution(rule('c'), rule('a'), rule('b')),
    [{ pointer: '/rules/0', kind: 'moved', before: 2, after: 0, text: 'rule c moved from 3rd to 1st place' }],
  ],
  [
    'rules that came and went',
    distribution(rule('a'), rule('one place')),
    distribution(rule('a'), rule('b')),
    [
      { pointer: '/rules/1', kind: 'removed', before: rule('one place', { locations: {}, rank: [] }), after: null },
      { pointer: '/rules/1', kind: 'added', before: null, text: 'rule b added in 2nd place' },
    ],
  ],
  [
    'entries of a list',
    distribution(rule('a', near)),
    distribution(rule('a', { locations: { ...near.locations, include: ['W2', 'W3'] } })),
    [
      { pointer: '/rules/0/locations/include/0', kind: 'removed', text: 'rule a, locations.include: W1 removed' },
      { pointer: '/rules/0/locations/include/1', kind: 'added', text: 'rule a, locations.include: W3 added' },
    ],
  ],
  [
    'fields that are set, changed and left out',
    distribution(rule('a', { maxPackages: 2, when: 'order.priority < 3' })),
    distribution(rule('a', { maxPackages: 3, transferable: true })),
    [
      {
        pointer: '/rules/0/when',
        kind: 'removed',
        after: null,
        text: 'rule a, when: no longer set, it was "order.priority < 3"',
      },
      { kind: 'changed', before: 2, after: 3, text: 'rule a, maxPackages: changed from 2 to 3' },
      { kind: 'added', before: null, after: true, text: 'rule a, transferable: set to true' },
    ],
  ],
  [
    'a rank as a whole',
    distribution(rule('a', { rank: [{ by: 'distance' }] })),
    distribution(rule('a', { rank: [{ by: 'stock', order: 'desc' }, { by: 'distance' }] })),
    [
      {
        pointer: '/rules/0/rank',
        kind: 'changed',
        text: 'rule a, rank: changed from distance asc to stock desc, distance asc',
      },
    ],
  ],
  [
    'conditions',
    scenario.parse({ ...distribution(rule('a')), conditions: { channel: 'any', paymentType: { in: ['card'] } } }),
    scenario.parse({
      ...distribution(rule('a')),
      conditions: { channel: { in: ['web', 'app'] }, paymentType: { in: ['card', 'cash on delivery'] } },
    }),
    [
      { pointer: '/conditions/channel', text: 'condition on the channel: changed from any to one of web, app' },
      { pointer: '/conditions/paymentType/in/1', text: 'condition on the payment type: "cash on delivery" added' },
    ],
  ],
  [
    'a list in another order',
    distribution(rule('a', { locations: { include: ['W1', 'W2'] } })),
    distribution(rule('a', { locations: { include: ['W2', 'W1'] } })),
    [
      {
        pointer: '/rules/0/locations/include',
        kind: 'moved',
        text: 'rule a, locations.include: the same entries, written in another way',
      },
    ],
  ],
])('%s is told in words', (_case, before, after, changes) => {
  const found = diffScenarios(before, after);

  expect(found).toMatchObject(changes);
  expect(found).toHaveLength(changes.length);
});

test('sources of a transfer scenario are told alike', () => {
  const of = (exclude: string[]) =>
    transferScenario.parse({ name: 't', rules: [{ name: 'r', lines: 'any', sources: { exclude } }] });

  expect(diffScenarios(of(['S1']), of([])).map(({ text }) => text)).toEqual(['rule r, sources.exclude: S1 removed']);
});

// Names that objects inherit must be as good as any other.
const name = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__', 'toString', '1');
const names = fc.array(fc.constantFrom('a', 'b', 'c', 'constructor', 'toString', '1'), { maxLength: 3 });
const anyRule = fc.record(
  {
    when: fc.constantFrom('true', 'false'),
    locations: fc.record({ include: names, exclude: names, withinKm: fc.nat(1) }, { requiredKeys: [] }),
    rank: fc.array(fc.record({ by: fc.constantFrom('stock', 'distance') }), { maxLength: 2 }),
    maxPackages: fc.integer({ min: 1, max: 2 }),
  },
  { requiredKeys: [] },
);
const condition = fc.oneof(
  fc.constant('any'),
  fc.record({ in: names }),
  fc.record({ expression: fc.constantFrom('x', 'y') }),
);
const anyScenario = fc
  .record({
    priority: fc.nat(1),
    description: fc.option(fc.constantFrom('', 'x'), { nil: undefined }),
    channel: condition,
    rules: fc.uniqueArray(fc.tuple(name, anyRule), { minLength: 1, maxLength: 4, selector: ([of]) => of }),
  })
  .map(({ rules, channel, description, priority }) => ({
    ...scenario.parse({
      name: 's',
      defaultLocation: 'W1',
      priority,
      conditions: { channel },
      ...(description !== undefined && { description }),
      rules: rules.map(([of, more]) => rule(of, more)),
    }),
  }));

/** Two that differ in one rule or in the order of something, or not at all. */
const closePair = fc
  .tuple(anyScenario, anyScenario, fc.nat(), fc.constantFrom('rules', 'list', 'rule', 'conditions', 'nothing'))
  .map(([one, other, at, what]) => {
    const rules = [...one.rules];
    const index = at % rules.length;
    const [first] = rules.splice(index, 1);
    if (!first || what === 'nothing') return [one, JSON.parse(JSON.stringify(one)) as typeof one] as const;
    if (what === 'conditions') return [one, { ...one, conditions: other.conditions }] as const;
    if (what === 'rules') return [one, { ...one, rules: [...rules, first] }] as const;
    const { include = [] } = first.locations;
    const changed =
      what === 'rule'
        ? { ...(other.rules[0] ?? first), name: first.name }
        : { ...first, locations: { ...first.locations, include: [...include].reverse() } };
    return [one, { ...one, rules: one.rules.with(index, changed) }] as const;
  });

test('a version does not differ from itself, and no difference goes untold', () => {
  const pair = fc.oneof(closePair, fc.tuple(anyScenario, anyScenario));
  fc.assert(
    fc.property(pair, ([before, after]) => {
      expect(diffScenarios(before, before)).toEqual([]);
      expect(diffScenarios(before, after).length === 0).toBe(isDeepStrictEqual(before, after));
    }),
    { numRuns: 800, seed: 3 },
  );
});

test('the fewest rules are told as moved', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 5 }),
      fc.nat(4),
      fc.nat(4),
      (all, from, to) => {
        const moved = all.toSpliced(from, 1);
        const after = moved.toSpliced(to, 0, all[from] ?? '');
        const of = (order: string[]) => distribution(...order.map((each) => rule(each)));

        expect(diffScenarios(of(all), of(after))).toHaveLength(from === to ? 0 : 1);
      },
    ),
  );
});

test('a rule that kept its place is not told as moved, whatever moved around it', () => {
  const of = (...order: string[]) => distribution(...order.map((each) => rule(each)));

  expect(diffScenarios(of('a', 'b', 'c', 'd', 'e'), of('e', 'd', 'c', 'b', 'a')).map(({ text }) => text)).toEqual([
    'rule e moved from 5th to 1st place',
    'rule d moved from 4th to 2nd place',
    'rule b moved from 2nd to 4th place',
  ]);
});
