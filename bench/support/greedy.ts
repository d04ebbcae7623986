import type { MipProblem } from './mip.js';

export interface GreedyPlan {
  readonly units: number;
  readonly packages: number;
}

type Choose = (gains: readonly number[], problem: MipProblem) => number;

/** The location that gives most by the measure; of equal ones the one with the better priority. */
const most =
  (measure: (gain: number, priority: number) => number): Choose =>
  (gains, { priorities }) => {
    let best = -1;
    for (let at = 0; at < gains.length; at++) {
      const gain = gains[at] ?? 0;
      if (gain === 0) continue;
      const [value, priority] = [measure(gain, priorities[at] ?? 0), priorities[at] ?? 0];
      const known = best === -1 ? -Infinity : measure(gains[best] ?? 0, priorities[best] ?? 0);
      if (value > known || (value === known && priority < (priorities[best] ?? 0))) best = at;
    }
    return best;
  };

/** What three greedy heuristics find; the better of two plans has more units, or as many in fewer packages. */
export const GREEDY = {
  byUnits: most((gain) => gain),
  byPriority: most((_, priority) => -priority),
  byRatio: most((gain, priority) => gain / (1 + priority)),
};

/** Opens one location after the other as the heuristic chooses, until nothing more comes of it. */
export function greedy(problem: MipProblem, choose: Choose): GreedyPlan {
  const left = [...problem.needs];
  const used = new Set<number>();
  let units = 0;
  while (used.size < (problem.maxPackages ?? Infinity)) {
    const gains = problem.gives.map((of, at) => {
      let gain = 0;
      for (let row = 0; row < of.length && !used.has(at); row++) gain += Math.min(of[row] ?? 0, left[row] ?? 0);
      return gain;
    });
    const next = choose(gains, problem);
    if (next === -1 || (gains[next] ?? 0) === 0) break;
    used.add(next);
    units += gains[next] ?? 0;
    (problem.gives[next] ?? []).forEach((given, row) => (left[row] = Math.max(0, (left[row] ?? 0) - given)));
  }
  return { units, packages: used.size };
}
