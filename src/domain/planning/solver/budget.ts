/**
 * Work that may still be done, counted in steps rather than in time: a plan is the same on a slow machine
 * and on a fast one, also where the budget ends the search. A step is one look at one number of one
 * candidate, some 10 to 25 ns; whoever loops charges what the loop touches, before it runs.
 */
export interface Budget {
  /** @returns false when nothing is left. */
  readonly spend: (steps: number) => boolean;
  readonly isSpent: () => boolean;
  readonly left: () => number;
  /** Steps that were charged, the reserve's included. */
  readonly spent: () => number;
  /** Kept back for what must be done after the search was given up, so that there is a plan at all. */
  readonly reserve: Budget;
}

/** What a processor core does in a millisecond at least; `npm run bench planner` shows how true it is. */
export const STEPS_PER_MS = 50_000;

/** Share of a budget that is kept back. */
const RESERVE = 0.2;

/** @param milliseconds The reserve included. */
export function createBudget(milliseconds: number): Budget {
  const steps = milliseconds * STEPS_PER_MS;
  const reserve: Budget = { ...account(steps * RESERVE), reserve: emptyBudget };
  const own = account(steps * (1 - RESERVE));
  return { ...own, spent: () => own.spent() + reserve.spent(), reserve };
}

/** A share of what is left of a budget, for work that must leave something to others. */
export function shareOf(budget: Budget, share: number): Budget {
  const own = account(budget.left() * share);
  return {
    ...own,
    spend: (steps) => {
      const isLeft = own.spend(steps);
      return budget.spend(steps) && isLeft;
    },
    reserve: budget.reserve,
  };
}

function account(steps: number) {
  let left = steps;
  return {
    spend: (of: number) => (left -= of) > 0,
    isSpent: () => left <= 0,
    left: () => Math.max(0, left),
    spent: () => steps - left,
  };
}

const emptyBudget: Budget = {
  spend: () => false,
  isSpent: () => true,
  left: () => 0,
  spent: () => 0,
  get reserve() {
    return emptyBudget;
  },
};
