import { instance, RULE_KINDS, STOCK_KINDS } from '../../bench/support/instances.js';
import { chooseScenario } from '../../src/domain/planning/chooseScenario.js';
import { openLedger } from '../../src/domain/planning/ledger.js';
import type { PlanInput } from '../../src/domain/planning/planCase.js';
import { runRule } from '../../src/domain/planning/runRule.js';
import { createBudget, STEPS_PER_MS } from '../../src/domain/planning/solver/budget.js';

test('what is left can be spent, but for the reserve', () => {
  const budget = createBudget(1);

  expect(budget.spend(0.8 * STEPS_PER_MS - 1)).toBe(true);
  expect(budget.spend(1)).toBe(false);
  expect(budget.isSpent()).toBe(true);
});

test('the reserve is a fifth of it, for when the rest is spent', () => {
  const budget = createBudget(1);
  budget.spend(0.8 * STEPS_PER_MS);

  expect(budget.reserve.spend(0.2 * STEPS_PER_MS - 1)).toBe(true);
  expect(budget.reserve.spend(1)).toBe(false);
  expect(budget.spent()).toBe(STEPS_PER_MS);
});

/** Of live orders, in steps: for the plan, and for the one that comes second. */
const BUDGET = 225 * STEPS_PER_MS;
const SPARE = 25 * STEPS_PER_MS;

test.each([
  ['12 lines', { lines: 12, locations: 2_000, stock: 'easy', rule: 'partial', seed: 1 }, 450_000],
  ['5 lines on tight stock', { lines: 5, locations: 500, stock: 'tight', rule: 'fewest', seed: 1 }, 300_000],
  ['12 lines on tight stock', { lines: 12, locations: 2_000, stock: 'tight', rule: 'fewest', seed: 1 }, 1_000_000],
  [
    '12 lines on adversarial stock',
    { lines: 12, locations: 2_000, stock: 'adversarial', rule: 'fewest', seed: 1 },
    1_000_000,
  ],
  ['few packages', { lines: 12, locations: 2_000, stock: 'tight', rule: 'partial, maxPackages', seed: 1 }, 800_000],
  ['transfers', { lines: 12, locations: 2_000, stock: 'adversarial', rule: 'partial, transfers', seed: 1 }, 1_600_000],
  ['least values', { lines: 5, locations: 500, stock: 'tight', rule: 'fewest, minPackageValue', seed: 3 }, 100_000],
  [
    'transfers on tight stock',
    { lines: 5, locations: 500, stock: 'tight', rule: 'partial, transfers', seed: 4 },
    400_000,
  ],
  ['30 lines', { lines: 30, locations: 2_000, stock: 'easy', rule: 'fewest', seed: 1 }, 2_600_000],
  [
    '30 lines on adversarial stock',
    { lines: 30, locations: 2_000, stock: 'adversarial', rule: 'fewest', seed: 1 },
    6_500_000,
  ],
  ['groups', { lines: 30, locations: 2_000, stock: 'adversarial', rule: 'fewest, groups', seed: 1 }, 2_200_000],
] as const)('%s: proven with no more steps than before', (_, kind, most) => {
  const { plan, isProven } = spentOn(instance(kind));

  expect(isProven).toBe(true);
  expect(plan).toBeLessThan(most);
});

const KINDS = STOCK_KINDS.flatMap((stock) => RULE_KINDS.map((rule) => ({ stock, rule })));

// What is begun is charged before and done to its end.
const LAST = 1_500_000;

test.each(KINDS)('$rule on $stock stock, 30 lines: no more than the budget', ({ stock, rule }) => {
  const { plan, second } = spentOn(instance({ lines: 30, locations: 2_000, stock, rule, seed: 1 }));

  expect(plan).toBeLessThanOrEqual(BUDGET + LAST);
  expect(second).toBeLessThanOrEqual(SPARE + LAST);
});

test('whole lines by transfers: what can be left out is no longer tried when the budget is spent', () => {
  const input = instance({ lines: 12, locations: 500, stock: 'tight', rule: 'partial, transfers', seed: 1 });
  const scenarios = input.scenarios.map((scenario) => ({
    ...scenario,
    rules: scenario.rules.map((rule) => ({ ...rule, allowLineSplit: false, maxPackages: 1 })),
  }));
  const transferScenarios = input.transferScenarios.map((scenario) => ({
    ...scenario,
    rules: scenario.rules.map((rule) => ({ ...rule, maxSources: 2 })),
  }));

  const { plan } = spentOn({ ...input, scenarios, transferScenarios });

  expect(plan).toBeLessThanOrEqual(BUDGET + LAST);
});

/** What the first rule spends, in steps. */
function spentOn(input: PlanInput) {
  const rule = input.scenarios[0]?.rules[0];
  if (!rule) throw new Error('An instance has a rule.');
  const transfers = rule.transferable ? chooseScenario(input.transferScenarios, input.order).chosen : null;
  const [budget, spare] = [createBudget(BUDGET / STEPS_PER_MS), createBudget(SPARE / STEPS_PER_MS)];
  const { verdict } = runRule(openLedger(input, transfers), rule, { budget, spare });
  return { plan: budget.spent(), second: spare.spent(), isProven: verdict.optimal };
}
