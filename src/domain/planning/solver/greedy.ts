import type { Budget } from './budget.js';
import { compareSolutions } from './compareSolutions.js';
import { evaluate } from './evaluate.js';
import type { Problem, Solution } from './problem.js';
import type { Rows } from './rows.js';
import type { Component } from './structure.js';

/**
 * Plans that are found by walking, without proof, to start or to end with: open the location that adds most
 * units, again and again; or the best-ranked that adds any. What turns out to give nothing is left out.
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
    const found = evaluate(
      problem,
      components,
      [...chosen].sort((a, b) => a - b),
      budget,
    );
    if (found && (!best || compareSolutions(found, best, problem.candidates) < 0)) best = found;
  };
  for (const walk of [byUnits(problem, rows), byRank(problem, rows)]) {
    walk.forEach((_, length) => look(walk.slice(0, length + 1)));
    look(withoutIdle(rows, walk));
  }
  problem.candidates.forEach((_, at) => look([at]));
  return best;
}

/** Weighted units that a candidate adds to what is left, and what is left after it. */
function added({ gives, weights }: Rows, residual: readonly number[], at: number) {
  let units = 0;
  const after = residual.map((need, row) => {
    const taken = Math.min(need, gives[at]?.[row] ?? 0);
    units += taken * (weights[row] ?? 0);
    return need - taken;
  });
  return { units, after };
}

function byUnits({ maxPackages, candidates }: Problem, rows: Rows): number[] {
  const walk: number[] = [];
  let residual = rows.needs;
  const open = new Set(candidates.keys());
  while (walk.length < maxPackages) {
    const [next] = [...open]
      .map((at) => ({ at, ...added(rows, residual, at) }))
      .sort((a, b) => b.units - a.units || a.at - b.at);
    if (!next || next.units === 0) break;
    walk.push(next.at);
    open.delete(next.at);
    residual = next.after;
  }
  return walk;
}

function byRank({ maxPackages, candidates }: Problem, rows: Rows): number[] {
  const walk: number[] = [];
  let residual = rows.needs;
  for (const at of candidates.keys()) {
    const { units, after } = added(rows, residual, at);
    if (units === 0) continue;
    walk.push(at);
    residual = after;
    if (walk.length >= maxPackages) break;
  }
  return walk;
}

/** Without the locations that the others make superfluous, the worst-ranked first. */
function withoutIdle(rows: Rows, walk: readonly number[]): number[] {
  const placed = (chosen: readonly number[]) => {
    return chosen.reduce(
      (state, at) => {
        const { units, after } = added(rows, state.residual, at);
        return { residual: after, units: state.units + units };
      },
      { residual: rows.needs, units: 0 },
    ).units;
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
