import type { Budget } from './solver/budget.js';
import { compareSolutions } from './solver/compareSolutions.js';
import { createCoverIndex } from './solver/coverIndex.js';
import type { Candidate, Problem, Solution } from './solver/problem.js';
import { solve } from './solver/solve.js';
import { swapOne } from './swapOne.js';

/** `complete`: there is no better runner-up, or none at all; `cut_short`: there may be one that was not found. */
export type RunnerUpSearch = 'complete' | 'cut_short';

/** So few candidates that it does not pay to look for those that cannot matter. */
const FEW = 50;

/** What came second. */
export interface Contest<Plan> {
  readonly runnerUp: Plan | null;
  readonly search: RunnerUpSearch;
}

/**
 * The runner-up of a rule: the best of its plans that lack at least one of the chosen locations. (A plan that
 * has all of them and more is no contest: it only adds packages or ranks.) One chosen location is replaced by
 * one other, which is quick and mostly it; then the rule is solved again without each chosen location in turn,
 * which proves it or finds a better one, unless that is likely to take more than the budget.
 *
 * @param steps What the best plan took.
 */
export function findRunnerUp(problem: Problem, best: Solution, steps: number, budget: Budget): Contest<Solution> {
  const { candidates } = problem;
  const most = Math.min(problem.maxPackages, best.packages + 1);
  let runnerUp = swapOne(problem, best, budget);
  const places = contenders(problem, most + 1);
  if (steps * best.chosen.length > budget.left()) return { runnerUp, search: 'cut_short' };
  let isProven = true;
  for (const chosen of best.chosen) {
    const others = places.filter((place) => place !== chosen);
    const answer = solve({ ...problem, candidates: others.flatMap((place) => candidates[place] ?? []) }, budget);
    isProven &&= answer.isProven;
    const { solution } = answer;
    const plan = solution && { ...solution, chosen: solution.chosen.flatMap((at) => others[at] ?? []) };
    runnerUp = better(problem, runnerUp, plan);
  }
  // The contenders hold a best plan of so many packages; one with more units or more packages may need others.
  const isWithin = runnerUp !== null && runnerUp.units === best.units && runnerUp.packages <= most;
  const isEnough = places.length === candidates.length || isWithin;
  return { runnerUp, search: isProven && isEnough ? 'complete' : 'cut_short' };
}

function better({ candidates }: Problem, a: Solution | null, b: Solution | null): Solution | null {
  if (!a || !b) return a ?? b;
  return compareSolutions(a, b, candidates) <= 0 ? a : b;
}

/**
 * The candidates without those that have `enough` others of better rank with as much for every line: a plan
 * with one of them has room for another in its place. Where a package is open already there is always room.
 */
function contenders({ lines, candidates, minPackageValue }: Problem, enough: number): number[] {
  // With other stock the goods are shared out otherwise, and a package may then be worth too little.
  if (candidates.length <= FEW || minPackageValue > 0) return [...candidates.keys()];
  const demands = lines.map(({ sku }) => lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0));
  const closed = candidates.flatMap(({ isOpen }, at) => (isOpen ? [] : [at]));
  const gives = ({ available, refuses }: Candidate) =>
    lines.map(({ sku }, line) => (refuses?.[line] ? 0 : Math.min(available[sku] ?? 0, demands[line] ?? 0)));
  const index = createCoverIndex(closed.flatMap((at) => candidates[at] ?? []).map(gives));
  const beaten = new Set(closed.filter((_, position) => index.betterThan(position, enough) >= enough));
  return candidates.flatMap((_, at) => (beaten.has(at) ? [] : [at]));
}
