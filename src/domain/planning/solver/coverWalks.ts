import { compareText } from '../compareText.js';
import type { Budget } from './budget.js';
import type { Cover } from './cover.js';

/** How a walk chooses: what becomes of a gain by the candidate's rank. */
interface Taste {
  readonly measure: (gain: number, at: number) => number;
  /** Candidates; of equal ones the first here is taken. */
  readonly order: readonly number[];
}

/**
 * What greedy choices open: by units (Chvatal 1979), by units for their rank and by rank alone, where equal ones go
 * by the first criterion and the code or by the whole rank. None is best: each wins on some orders.
 */
export function greedyWalks(cover: Cover, budget: Budget): readonly (readonly number[])[] {
  const { gives, keys, codes } = cover;
  const byRank = [...gives.keys()];
  const first = (at: number) => (keys[at]?.[0] ?? 0) * MISSING + (keys[at]?.[1] ?? 0);
  const byFirst = [...byRank].sort((a, b) => first(a) - first(b) || compareText(codes[a] ?? '', codes[b] ?? ''));
  const least = Math.min(0, first(byFirst[0] ?? 0));
  const asGained: Taste['measure'] = (gain) => gain;
  const anything: Taste['measure'] = () => 1;
  const forRank: Taste['measure'] = (gain, at) => gain / (1 + first(at) - least);
  const tastes: readonly Taste[] = [
    { measure: asGained, order: byRank },
    { measure: asGained, order: byFirst },
    { measure: forRank, order: byFirst },
    { measure: anything, order: byFirst },
    { measure: anything, order: byRank },
  ];
  return tastes.map((taste) => walk(cover, taste, budget));
}

// A value that is missing is worse than any that is there.
const MISSING = 1e9;

// What is open already costs nothing: it comes first.
const FREE = 1e6;

// Rows that stand for no units only decide between equal ones.
const TRACE = 1e-9;

/** The walk by units alone. */
export const greedyWalk = (cover: Cover, budget: Budget): readonly number[] =>
  walk(cover, { measure: (gain) => gain, order: [...cover.gives.keys()] }, budget);

/**
 * Candidates in the order in which greedy choice opens them, until nothing more comes of it, there are
 * `cover.maxSize` or the budget is spent. Worst case: candidates times rows for each.
 */
function walk({ gives, needs, weights, maxSize, isOpen }: Cover, { measure, order }: Taste, budget: Budget): number[] {
  const width = needs.length;
  const left = new Float64Array(gives.length * width);
  gives.forEach((of, at) => left.set(of, at * width));
  const units = Float64Array.from(weights, (weight) => weight || TRACE);
  const residual = Float64Array.from(needs);
  const chosen: number[] = [];
  while (chosen.length < maxSize && budget.spend(gives.length * (2 + width / 3))) {
    let next = -1;
    let most = 0;
    for (const at of order) {
      const gain = gainOf(left, at * width, residual, units);
      const value = gain > 0 ? measure(gain, at) * (isOpen[at] ? FREE : 1) : 0;
      if (value <= most) continue;
      next = at;
      most = value;
    }
    if (next === -1) break;
    chosen.push(next);
    for (let row = 0, cell = next * width; row < width; row++, cell++) {
      residual[row] = Math.max(0, (residual[row] ?? 0) - (left[cell] ?? 0));
      left[cell] = 0;
    }
  }
  return chosen;
}

function gainOf(left: Float64Array, start: number, residual: Float64Array, units: Float64Array): number {
  let gain = 0;
  for (let row = 0, cell = start; row < residual.length; row++, cell++) {
    const [given, need] = [left[cell] ?? 0, residual[row] ?? 0];
    gain += (given < need ? given : need) * (units[row] ?? 0);
  }
  return gain;
}
