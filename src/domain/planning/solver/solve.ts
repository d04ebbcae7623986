import type { Budget } from './budget.js';
import { compareSolutions } from './compareSolutions.js';
import { evaluate, wantedUnits } from './evaluate.js';
import type { Answer, Problem, Solution } from './problem.js';
import { componentsOf, type Component } from './structure.js';

// 2 to this power sets are looked at one by one; more locations than this are walked greedily.
const MAX_ENUMERATED = 12;

/** The best plan of one rule by its objective. */
export function solve(problem: Problem, budget: Budget): Answer {
  const components = componentsOf(problem);
  const all = problem.candidates.map((_, index) => index);
  const sets = problem.maxPackages === 1 ? all.map((index) => [index]) : null;
  if (sets) return proven(problem, bestOf(problem, components, sets, budget), budget);
  if (all.length <= MAX_ENUMERATED) return proven(problem, bestOf(problem, components, subsets(all), budget), budget);
  return greedy(problem, components, all, budget);
}

function proven(problem: Problem, solution: Solution | null, budget: Budget): Answer {
  return budget.isSpent()
    ? { solution, isProven: false, bound: { units: wantedUnits(problem), packages: 0 } }
    : { solution, isProven: true, bound: null };
}

function bestOf(
  problem: Problem,
  components: readonly Component[],
  sets: Iterable<readonly number[]>,
  budget: Budget,
): Solution | null {
  let best: Solution | null = null;
  for (const set of sets) {
    if (!budget.spend(set.length + 1)) break;
    const found = evaluate(problem, components, set, budget);
    if (found && (!best || compareSolutions(found, best, problem.candidates) < 0)) best = found;
  }
  return best;
}

function* subsets(all: readonly number[]): Generator<readonly number[]> {
  for (let bits = 1; bits < 2 ** all.length; bits++) yield all.filter((_, position) => bits & (1 << position));
}

/** Opens the location that adds most units, again and again. No proof. */
function greedy(problem: Problem, components: readonly Component[], all: readonly number[], budget: Budget): Answer {
  const relaxed = { ...problem, mustPlaceAll: false, maxPackages: Infinity, minPackageValue: 0 };
  let best = bestOf(
    problem,
    components,
    all.map((index) => [index]),
    budget,
  );
  let set: readonly number[] = [];
  let units = 0;
  while (set.length < Math.min(problem.maxPackages, all.length)) {
    const grown: Solution | null = bestOf(
      relaxed,
      components,
      all.filter((index) => !set.includes(index)).map((index) => [...set, index].sort((a, b) => a - b)),
      budget,
    );
    if (!grown || grown.units <= units) break;
    ({ chosen: set, units } = grown);
    const valid = evaluate(problem, components, set, budget);
    if (valid && (!best || compareSolutions(valid, best, problem.candidates) < 0)) best = valid;
  }
  return { solution: best, isProven: false, bound: { units: wantedUnits(problem), packages: 0 } };
}
