import type { Budget } from './budget.js';
import { better } from './compareSolutions.js';
import type { Cover } from './cover.js';
import { evaluate } from './evaluate.js';
import { greedyPlan } from './greedy.js';
import { solveSingle, wholeFromOne } from './onePlace.js';
import type { Answer, Problem, Solution } from './problem.js';
import { rowsOf, type Rows } from './rows.js';
import { searchSets } from './searchSets.js';
import { solveCover } from './solveCover.js';
import { componentsOf, rowsTellAll, type Component } from './structure.js';
import { solveWorthy } from './worthy.js';

/**
 * The best plan of one rule by its objective, with proof as long as the budget lasts.
 *
 * The choice of locations is solved as a multi-cover of rows (`rowsOf`), which leaves out what rows cannot
 * tell; a best covering that the rule allows is then a best plan. Only where it is not allowed, all sets are
 * searched.
 */
export function solve(problem: Problem, budget: Budget): Answer {
  const components = componentsOf(problem);
  if (problem.maxPackages === 1) return solveSingle(problem, components, budget);
  return problem.minPackageValue > 0
    ? solveWorthy(problem, components, (of) => solveSets(of, components, budget), budget)
    : solveSets(problem, components, budget);
}

function solveSets(problem: Problem, components: readonly Component[], budget: Budget): Answer {
  const whole = wholeFromOne(problem, components, budget);
  if (whole) return { solution: whole, isProven: true, bound: null };
  const relaxed = relax(problem, components, null, budget);
  const { isAllowed, solution } = look(problem, components, relaxed, budget);
  if (isAllowed) return { solution, isProven: true, bound: null };
  if (problem.minPackageValue > 0 && rowsTellAll(components) && !budget.isSpent()) {
    const allows = (chosen: readonly number[]) => evaluate(problem, components, chosen, budget) !== null;
    const strict = relax(problem, components, allows, budget);
    const best = look(problem, components, strict, budget);
    if (best.isAllowed) return { solution: best.solution, isProven: true, bound: null };
    const walked = better(
      problem,
      best.solution,
      greedyPlan(problem, components, rowsOf(problem, components, false), budget.reserve),
    );
    return { solution: walked, isProven: false, bound: strict.bound };
  }
  const rows = rowsOf(problem, components, false);
  const walked = better(problem, solution, greedyPlan(problem, components, rows, budget.reserve));
  if (budget.isSpent()) return { solution: walked, isProven: false, bound: relaxed.bound };
  const search = { problem, components, cover: coverOf(problem, rows) };
  const { best, isComplete } = searchSets(search, walked, budget);
  return { solution: best, isProven: isComplete, bound: isComplete ? null : relaxed.bound };
}

/** The plan of what rows say is best, and whether it is one that is allowed and proven. */
function look(
  problem: Problem,
  components: readonly Component[],
  { isEmpty, chosen, isProven, bound }: Relaxed,
  budget: Budget,
): { readonly isAllowed: boolean; readonly solution: Solution | null } {
  const solution = chosen && evaluate(problem, components, chosen, budget);
  const isWhole = solution !== null && solution.units === bound.units;
  return { isAllowed: isProven && !budget.isSpent() && (isEmpty || isWhole), solution };
}

interface Relaxed {
  /** There is no plan. */
  readonly isEmpty: boolean;
  readonly chosen: readonly number[] | null;
  readonly isProven: boolean;
  readonly bound: { readonly units: number; readonly packages: number };
}

/** The best choice of locations as far as rows can tell: none of the plans that the rule allows is better. */
function relax(
  problem: Problem,
  components: readonly Component[],
  isAllowed: Cover['isAllowed'],
  budget: Budget,
): Relaxed {
  budget.spend(4 * problem.candidates.length * problem.lines.length);
  const rows = rowsOf(problem, components, true);
  const units = unitsOf(rows);
  const none = { isEmpty: true, chosen: null, isProven: true, bound: { units: 0, packages: 0 } };
  if (units === 0 || (problem.mustPlaceAll && !rows.isWhole)) return none;
  const covered = solveCover({ ...coverOf(problem, rows), isAllowed }, false, budget);
  const packages = covered.leastPackages;
  if (covered.chosen || problem.mustPlaceAll) {
    const isEmpty = covered.isProven && !covered.chosen;
    return { isEmpty, chosen: covered.chosen, isProven: covered.isProven, bound: { units, packages } };
  }
  const loose = rowsOf(problem, components, false);
  const most = solveCover({ ...coverOf(problem, loose), isAllowed }, true, budget);
  const isProven = most.isProven && covered.isProven;
  return {
    isEmpty: isProven && !most.chosen,
    chosen: most.chosen,
    isProven,
    bound: { units: unitsOf(loose) - most.leastLack, packages: 0 },
  };
}

const unitsOf = ({ needs, weights }: Rows): number =>
  needs.reduce((sum, need, row) => sum + need * (weights[row] ?? 0), 0);

function coverOf(problem: Problem, { needs, weights, gives }: Rows): Cover {
  const { candidates } = problem;
  return {
    needs,
    weights,
    gives,
    keys: candidates.map(({ key }) => key),
    codes: candidates.map(({ code }) => code),
    isOpen: candidates.map(({ isOpen }) => isOpen),
    notAllOf: problem.notAllOf,
    isAllowed: null,
    maxSize: Math.min(problem.maxPackages, candidates.length, mostPackages(problem)),
  };
}

/** Each of several packages must be worth the minimum, and all are worth no more than the order. */
function mostPackages({ lines, minPackageValue }: Problem): number {
  if (minPackageValue === 0) return Infinity;
  const value = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  return Math.max(1, Math.floor(value / minPackageValue));
}
