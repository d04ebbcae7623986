import fc from 'fast-check';

import { chooseScenario } from '../../src/domain/planning/chooseScenario.js';
import { lintScenario } from '../../src/domain/planning/lint/lintScenario.js';
import { plan } from '../../src/domain/planning/plan.js';
import type { VersionedScenario } from '../../src/domain/planning/planCase.js';
import { scenario } from '../../src/schemas/scenario.js';
import { anyCase, CODES, type AnyCase } from './support/anyCase.js';

const RUNS = { numRuns: 600, seed: 7 };

const strategy = fc.constantFrom('single', 'fewest', 'partial');
const expressions = {
  when: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    'true',
    'order.lines.size() > 1',
    '1 > 2 || order.lines.size() < 0 && false',
    "order.channel == 'a' && order.channel == 'b'",
  ),
  lines: fc.constantFrom(undefined, undefined, undefined, "line.sku == 'X'", '!(line.quantity < 1 || true)'),
};
const locations = fc.record(
  {
    include: fc.subarray(CODES, { minLength: 1 }),
    exclude: fc.subarray(CODES, { maxLength: 3 }),
    types: fc.subarray(['store', 'warehouse']),
    withinKm: fc.constantFrom(0, 120),
    sameAs: fc.constant('country'),
    requireQuota: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Random cases whose rules are alike, so that one often takes everything of another. */
const anyChain = fc.tuple(
  anyCase,
  fc.array(fc.record({ strategy, locations, ...expressions, maxPackages: fc.constantFrom(undefined, 1, 2) }), {
    minLength: 1,
    maxLength: 3,
  }),
  fc.nat(),
);

function withChain([input, variations, seed]: [AnyCase, readonly Record<string, unknown>[], number]): AnyCase {
  const [first] = input.scenarios;
  const rules = (first?.rules ?? []).flatMap((rule, index) => {
    const changes = variations[(seed + index) % variations.length] ?? {};
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    // Only one part changes, so that the copy stays close.
    const [name, value] = Object.entries(given)[(seed + index) % Object.keys(given).length] ?? [];
    return [rule, { ...rule, name: `${rule.name}b`, ...(name !== undefined && { [name]: value }) }];
  });
  return { ...input, scenarios: [{ ...first, rules }] } as AnyCase;
}

test('a rule that lint calls unreachable or without locations never places anything', () => {
  const found: Record<string, number> = {};
  fc.assert(
    fc.property(anyChain, (chain) => {
      const input = withChain(chain);
      const [linted] = input.scenarios;
      const surroundings = {
        locations: input.locations,
        stockEngines: [],
        scenarios: [],
        transferScenarios: input.transferScenarios,
      };
      const findings = lintScenario(linted as VersionedScenario, surroundings).filter(
        ({ code }) => code === 'unreachable_rule' || code === 'filter_matches_nothing',
      );

      const { explanation } = plan(input, { budgetMs: 5_000 });

      for (const { code, pointer } of findings) {
        found[code] = (found[code] ?? 0) + 1;
        const rule = linted?.rules[Number(pointer.split('/')[2])]?.name;
        const verdict = explanation.rules.find((one) => one.rule === rule);
        expect([pointer, verdict?.outcome ?? 'not run']).not.toEqual([pointer, 'placed']);
      }
    }),
    RUNS,
  );
  // It would say nothing if lint said nothing.
  expect(found['unreachable_rule']).toBeGreaterThan(100);
  expect(found['filter_matches_nothing']).toBeGreaterThan(50);
});

const channel = fc.oneof(
  fc.constant('any'),
  fc.record({ in: fc.subarray(['web', 'app', 'shop']) }),
  fc.record({
    expression: fc.constantFrom(
      'order.priority > 2',
      "order.channel == 'web' && order.channel == 'app'",
      "order.channel == 'web' ? false : 1 > 2",
      'order.channel in []',
      '!(order.notes.contains("x") || true)',
    ),
  }),
);
const conditions = fc.record({ channel, paymentType: channel });

test('a scenario that lint calls shadowed or unsatisfiable never plans an order', () => {
  const found: Record<string, number> = {};
  const anyScenario = fc.record({ priority: fc.integer({ min: 1, max: 3 }), conditions });
  const anyOrder = fc.record({
    channel: fc.constantFrom('web', 'app', 'shop'),
    paymentType: fc.constantFrom('web', 'app', 'shop'),
    priority: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(anyScenario, { minLength: 2, maxLength: 4 }), fc.array(anyOrder), (drafts, orders) => {
      const scenarios = drafts.map((draft, index) => ({
        version: 1,
        ...scenario.parse({
          name: `s${index}`,
          defaultLocation: 'A',
          rules: [{ name: 'r', strategy: 'partial' }],
          ...draft,
        }),
      }));
      for (const linted of scenarios) {
        const surroundings = { locations: [], stockEngines: [], scenarios, transferScenarios: [] };
        const findings = lintScenario(linted, surroundings).filter(
          ({ code }) => code === 'shadowed_scenario' || code === 'unsatisfiable_condition',
        );
        findings.forEach(({ code }) => (found[code] = (found[code] ?? 0) + 1));
        if (findings.length === 0) continue;
        for (const order of orders) {
          expect(chooseScenario(scenarios, { ...order, lines: [] }).chosen?.name).not.toBe(linted.name);
        }
      }
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(found['shadowed_scenario']).toBeGreaterThan(100);
  expect(found['unsatisfiable_condition']).toBeGreaterThan(100);
});
