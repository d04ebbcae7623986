import type { Budget } from './solver/budget.js';
import type { Problem, Solution } from './solver/problem.js';
import { solve } from './solver/solve.js';

/** `complete`: there is no better runner-up, or none at all; `cut_short`: there may be one that was not found. */
export type RunnerUpSearch = 'complete' | 'cut_short';

/** What came second. */
export interface Contest<Plan> {
  readonly runnerUp: Plan | null;
  readonly search: RunnerUpSearch;
}

/**
 * The runner-up of a rule: the best of its plans that lack at least one of the chosen locations. (A plan that
 * has all of them and more is no contest: it only adds packages or ranks.) The rule is solved again with these
 * barred from being together.
 */
export function findRunnerUp(problem: Problem, { chosen }: Solution, budget: Budget): Contest<Solution> {
  const { solution, isProven } = solve({ ...problem, notAllOf: chosen }, budget);
  return { runnerUp: solution, search: isProven ? 'complete' : 'cut_short' };
}
