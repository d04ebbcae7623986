import fc from 'fast-check';

import type { RuleVerdict } from '../../src/domain/planning/explanation.js';
import { plan } from '../../src/domain/planning/plan.js';
import { anyCase, type AnyCase } from './support/anyCase.js';

const OPTIONS = { budgetMs: 1_000 };

/** The first rule that placed something; what it saw does not depend on the others. */
const firstPlaced = (input: AnyCase): RuleVerdict | undefined =>
  plan(input, OPTIONS).explanation.rules.find(({ outcome }) => outcome === 'placed');

/** What the rule would have done without this location. */
function without(input: AnyCase, rule: string, code: string): RuleVerdict | undefined {
  const scenarios = input.scenarios.map((scenario) => ({
    ...scenario,
    rules: scenario.rules.map((of) => {
      if (of.name !== rule) return of;
      return { ...of, locations: { ...of.locations, exclude: [...(of.locations.exclude ?? []), code] } };
    }),
  }));
  return plan({ ...input, scenarios }, OPTIONS).explanation.rules.find((of) => of.rule === rule);
}

function expectBest(input: AnyCase, { rule, chosen, runnerUp }: RuleVerdict): void {
  const others = chosen.flatMap((code) => without(input, rule, code) ?? []);
  const plans = others.filter(({ objective }) => objective !== null);
  expect(runnerUp === null).toBe(plans.length === 0);
  if (!runnerUp) return;
  expect(plans.map(({ chosen: locations, objective }) => ({ locations, objective }))).toContainEqual(runnerUp);
  for (const { objective } of plans) expect(compare(runnerUp.objective, objective!)).toBeLessThanOrEqual(0);
}

test('the runner-up is the best of the plans that lack one of the chosen locations', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const verdict = firstPlaced(input);
      fc.pre(verdict !== undefined);

      expect(verdict.runnerUpSearch).toBe('complete');
      expectBest(input, verdict);
    }),
    { numRuns: 400, seed: 42 },
  );
});

test('of many locations as well, where it claims to be', () => {
  const copies = fc.array(fc.nat(4), { minLength: 50, maxLength: 60, size: 'max' });
  let complete = 0;
  fc.assert(
    fc.property(anyCase, copies, (input, priorities) => {
      const many = crowd(input, priorities);
      const verdict = firstPlaced(many);
      fc.pre(verdict?.runnerUpSearch === 'complete');
      complete += 1;

      expectBest(many, verdict);
    }),
    { numRuns: 8, seed: 42 },
  );
  expect(complete).toBe(8);
});

/** Many locations like those of the case, of other priorities. */
function crowd(input: AnyCase, priorities: readonly number[]): AnyCase {
  const named = priorities.map((priority, at) => ({ code: `L${at}`, of: at % input.locations.length, priority }));
  const stockOf = (code: string | undefined) => input.stock.filter(({ location }) => location === code);
  const plain = input.scenarios.map((scenario) => ({
    ...scenario,
    rules: scenario.rules.map(({ name, strategy, locations, rank }) => ({ name, strategy, locations, rank })),
  }));
  const lines = input.order.lines.map(({ keepTogetherGroup: _, ...line }) => line);
  return {
    ...input,
    scenarios: plain,
    order: { ...input.order, lines },
    exclusions: [],
    locations: [
      ...input.locations,
      ...named.map(({ code, of, priority }) => ({ ...input.locations[of]!, code, priority })),
    ],
    stock: [
      ...input.stock,
      ...named.flatMap(({ code, of }) => stockOf(input.locations[of]?.code).map((row) => ({ ...row, location: code }))),
    ],
  };
}

type Objective = NonNullable<RuleVerdict['objective']>;

/** Units, packages, transfers, rank; a rank with a missing value tells nothing about what follows. */
function compare(a: Objective, b: Objective): number {
  const first = b.units - a.units || a.packages - b.packages || a.transfers - b.transfers;
  if (first !== 0) return first;
  for (const [at, value] of a.rank.entries()) {
    const other = b.rank[at] ?? null;
    if (value === null || other === null) return 0;
    if (Math.abs(value - other) > 1e-9) return value - other;
  }
  return 0;
}
