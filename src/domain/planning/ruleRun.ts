import type { RuleVerdict } from './explanation.js';
import type { PlanBound } from './planResult.js';
import type { Budget } from './solver/budget.js';

/** What became of a rule; the bound is there when its choice is not proven. */
export interface RuleRun {
  readonly verdict: RuleVerdict;
  readonly bound: PlanBound | null;
}

/** Time to choose, and time beside it to find what came second. */
export interface Budgets {
  readonly budget: Budget;
  readonly spare: Budget;
}
