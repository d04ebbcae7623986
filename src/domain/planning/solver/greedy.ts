import type { Budget } from './budget.js';
import { compareSolutions } from './compareSolutions.js';
import { evaluate } from './evaluate.js';
import { mostUnitsOf, unitsBySku } from './onePlace.js';
import type { Problem, Solution } from './problem.js';
import type { Rows } from './rows.js';
import type { Component } from './structure.js';

/**
 * Plans that are found by walking, without proof, to start or to end with: open the location that adds most
 * units, again and again (Chvatal 1979); or the best-ranked that adds any. What turns out to give nothing is
 * left out. Worst case: candidates times rows for each package; it stops where the budget does.
 *
 * @param rows Rows of units.
 */
export function greedyPlan(
  problem: Problem,
  components: readonly Component[],
  rows: Rows,
  budget: Budget,
): Solution | null {
  let best: Solution | null = null;
  const look = (chosen: readonly number[]) => {
    const sorted = [...chosen].sort((a, b) => a - b);
    const found = evaluate(problem, components, sorted, budget);
    if (found && (!best || compareSolutions(found, best, problem.candidates) < 0)) best = found;
    return best;
  };
  let alone: Solution | null = null;
  for (const walk of [byUnits(problem, rows, budget), byRank(problem, rows, budget)]) {
    walk.forEach((_, length) => (alone = look(walk.slice(0, length + 1))));
    alone = look(withoutIdle(rows, walk));
  }
  // Where only few sets are allowed, one location alone may be all that is.
  const wanted = unitsBySku(problem);
  for (const [at, candidate] of problem.candidates.entries()) {
    if (budget.isSpent()) break;
    if (mostUnitsOf(wanted, candidate) > (alone?.units ?? 0)) alone = look([at]);
  }
  return best;
}

/** Weighted units that a candidate adds to what is left. */
function added({ gives, weights }: Rows, residual: readonly number[], at: number): number {
  let units = 0;
  for (let row = 0; row < residual.length; row++) {
    units += Math.min(residual[row] ?? 0, gives[at]?.[row] ?? 0) * (weights[row] ?? 0);
  }
  return units;
}

const after = ({ gives }: Rows, residual: readonly number[], at: number): readonly number[] =>
  residual.map((need, row) => need - Math.min(need, gives[at]?.[row] ?? 0));

function byUnits({ maxPackages, candidates }: Problem, rows: Rows, budget: Budget): number[] {
  const walk: number[] = [];
  let residual = rows.needs;
  while (walk.length < maxPackages && budget.spend(candidates.length * residual.length)) {
    let next = -1;
    let most = 0;
    for (const at of candidates.keys()) {
      const units = added(rows, residual, at);
      if (units <= most || walk.includes(at)) continue;
      next = at;
      most = units;
    }
    if (next === -1) break;
    walk.push(next);
    residual = after(rows, residual, next);
  }
  return walk;
}

function byRank({ maxPackages, candidates }: Problem, rows: Rows, budget: Budget): number[] {
  const walk: number[] = [];
  let residual = rows.needs;
  budget.spend(candidates.length * residual.length);
  for (const at of candidates.keys()) {
    if (added(rows, residual, at) === 0) continue;
    walk.push(at);
    residual = after(rows, residual, at);
    if (walk.length >= maxPackages) break;
  }
  return walk;
}

/** Without the locations that the others make superfluous, the worst-ranked first. */
function withoutIdle(rows: Rows, walk: readonly number[]): number[] {
  const placed = (chosen: readonly number[]) => {
    let residual = rows.needs;
    let units = 0;
    for (const at of chosen) {
      units += added(rows, residual, at);
      residual = after(rows, residual, at);
    }
    return units;
  };
  const all = placed(walk);
  return [...walk]
    .sort((a, b) => b - a)
    .reduce<number[]>(
      (kept, at) => {
        const others = kept.filter((other) => other !== at);
        return placed(others) === all ? others : kept;
      },
      [...walk],
    );
}
