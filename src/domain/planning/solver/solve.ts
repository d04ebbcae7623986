import type { Budget } from './budget.js';
import { compareSolutions } from './compareSolutions.js';
import type { Cover } from './cover.js';
import { evaluate } from './evaluate.js';
import { greedyPlan } from './greedy.js';
import { solveSingle, wholeFromOne } from './onePlace.js';
import type { Answer, Problem, Solution } from './problem.js';
import { rowsOf, type Rows } from './rows.js';
import { searchSets } from './searchSets.js';
import { solveCover } from './solveCover.js';
import { componentsOf, type Component } from './structure.js';

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
  const whole = wholeFromOne(problem, components, budget);
  if (whole) return { solution: whole, isProven: true, bound: null };
  const relaxed = relax(problem, components, budget);
  if (relaxed.isEmpty) return { solution: null, isProven: true, bound: null };
  const solution = relaxed.chosen && evaluate(problem, components, relaxed.chosen, budget);
  const isAllowed = solution !== null && solution.units === relaxed.bound.units;
  if (isAllowed && relaxed.isProven && !budget.isSpent()) return { solution, isProven: true, bound: null };
  const rows = rowsOf(problem, components, false);
  const walked = better(problem, solution, greedyPlan(problem, components, rows, budget.reserve));
  if (budget.isSpent()) return { solution: walked, isProven: false, bound: relaxed.bound };
  const search = { problem, components, cover: coverOf(problem, rows) };
  const { best, isComplete } = searchSets(search, walked, budget);
  return { solution: best, isProven: isComplete, bound: isComplete ? null : relaxed.bound };
}

function better({ candidates }: Problem, a: Solution | null, b: Solution | null): Solution | null {
  if (!a || !b) return a ?? b;
  return compareSolutions(a, b, candidates) <= 0 ? a : b;
}

interface Relaxed {
  /** There is no plan. */
  readonly isEmpty: boolean;
  readonly chosen: readonly number[] | null;
  readonly isProven: boolean;
  readonly bound: { readonly units: number; readonly packages: number };
}

/** The best choice of locations as far as rows can tell: none of the plans that the rule allows is better. */
function relax(problem: Problem, components: readonly Component[], budget: Budget): Relaxed {
  budget.spend(4 * problem.candidates.length * problem.lines.length);
  const rows = rowsOf(problem, components, true);
  const units = unitsOf(rows);
  const none = { isEmpty: true, chosen: null, isProven: true, bound: { units: 0, packages: 0 } };
  if (units === 0 || (problem.mustPlaceAll && !rows.isWhole)) return none;
  const covered = solveCover(coverOf(problem, rows), false, budget);
  const packages = covered.leastPackages;
  if (covered.chosen || problem.mustPlaceAll) {
    const isEmpty = covered.isProven && !covered.chosen;
    return { isEmpty, chosen: covered.chosen, isProven: covered.isProven, bound: { units, packages } };
  }
  const loose = rowsOf(problem, components, false);
  const most = solveCover(coverOf(problem, loose), true, budget);
  const isProven = most.isProven && covered.isProven;
  return {
    isEmpty: false,
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
    maxSize: Math.min(problem.maxPackages, candidates.length, mostPackages(problem)),
  };
}

/** Each of several packages must be worth the minimum, and all are worth no more than the order. */
function mostPackages({ lines, minPackageValue }: Problem): number {
  if (minPackageValue === 0) return Infinity;
  const value = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  return Math.max(1, Math.floor(value / minPackageValue));
}
