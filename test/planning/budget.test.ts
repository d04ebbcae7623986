import { createBudget, STEPS_PER_MS } from '../../src/domain/planning/solver/budget.js';

test('what is left can be spent, and no more', () => {
  const budget = createBudget(1);

  expect(budget.spend(STEPS_PER_MS - 1)).toBe(true);
  expect(budget.spend(1)).toBe(false);
  expect(budget.isSpent()).toBe(true);
});

test('the reserve is half as much again, for when the budget is spent', () => {
  const budget = createBudget(1);
  budget.spend(STEPS_PER_MS);

  expect(budget.reserve.spend(STEPS_PER_MS / 2 - 1)).toBe(true);
  expect(budget.reserve.spend(1)).toBe(false);
  expect(budget.spent()).toBe(STEPS_PER_MS * 1.5);
});
