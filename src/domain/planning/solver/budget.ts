/**
 * Work that may still be done, counted in steps rather than in time: a plan is the same on a slow machine
 * and on a fast one, also where the budget ends the search.
 */
export interface Budget {
  /** @returns false when nothing is left. */
  readonly spend: (steps: number) => boolean;
  readonly isSpent: () => boolean;
}

/** Steps of the search that an ordinary machine does in a millisecond. */
const STEPS_PER_MS = 10_000;

export function createBudget(milliseconds: number): Budget {
  let left = milliseconds * STEPS_PER_MS;
  return {
    spend: (steps) => (left -= steps) > 0,
    isSpent: () => left <= 0,
  };
}
