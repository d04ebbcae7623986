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
  const field = fieldOf(cover);
  return tastes.map((taste) => walk(field, taste, budget));
}

// A value that is missing is worse than any that is there.
const MISSING = 1e9;

// What is open already costs nothing: it comes first.
const FREE = 1e6;

// Rows that stand for no units only decide between equal ones.
const TRACE = 1e-9;

/**
 * Choices to start from: the walk by units alone. Where it is barred to have all of some candidates, one of them
 * is left out and the walk goes on from the others, for each of them in turn.
 */
export function firstWalks(cover: Cover, budget: Budget): readonly (readonly number[])[] {
  const { notAllOf, gives } = cover;
  const field = fieldOf(cover);
  const taste: Taste = { measure: (gain) => gain, order: [...gives.keys()] };
  if (notAllOf.length === 0) return [walk(field, taste, budget)];
  return notAllOf.map((gone) => {
    const start = notAllOf.filter((at) => at !== gone);
    return walk(field, { ...taste, order: taste.order.filter((at) => at !== gone) }, budget, start);
  });
}

/** What walks go over: the cover as flat arrays. */
interface Field {
  readonly cover: Cover;
  /** By candidate, then by row. */
  readonly gives: Float64Array;
  /** By row, what a unit counts. */
  readonly units: Float64Array;
}

function fieldOf(cover: Cover): Field {
  const gives = new Float64Array(cover.gives.length * cover.needs.length);
  cover.gives.forEach((of, at) => gives.set(of, at * cover.needs.length));
  return { cover, gives, units: Float64Array.from(cover.weights, (weight) => weight || TRACE) };
}

/**
 * Candidates in the order in which greedy choice opens them, until nothing more comes of it, there are
 * `cover.maxSize` or the budget is spent. Worst case: candidates times rows for each.
 *
 * @param start Chosen already.
 */
function walk(field: Field, { measure, order }: Taste, budget: Budget, start: readonly number[] = []): number[] {
  const { needs, maxSize, isOpen } = field.cover;
  const residual = Float64Array.from(needs);
  const chosen: number[] = [];
  const isChosen = new Uint8Array(isOpen.length);
  const open = (at: number) => {
    chosen.push(at);
    isChosen[at] = 1;
    take(field, at, residual);
  };
  start.forEach(open);
  while (chosen.length < maxSize && residual.some(isPositive) && budget.spend(order.length * (2 + needs.length / 3))) {
    let next = -1;
    let most = 0;
    for (const at of order) {
      const gain = isChosen[at] ? 0 : gainOf(field, at, residual);
      const value = gain > 0 ? measure(gain, at) * (isOpen[at] ? FREE : 1) : 0;
      if (value <= most) continue;
      next = at;
      most = value;
    }
    if (next === -1) break;
    open(next);
  }
  return chosen;
}

const isPositive = (need: number): boolean => need > 0;

function take({ gives }: Field, at: number, residual: Float64Array): void {
  for (let row = 0, cell = at * residual.length; row < residual.length; row++, cell++) {
    residual[row] = Math.max(0, (residual[row] ?? 0) - (gives[cell] ?? 0));
  }
}

function gainOf({ gives, units }: Field, at: number, residual: Float64Array): number {
  let gain = 0;
  for (let row = 0, cell = at * residual.length; row < residual.length; row++, cell++) {
    const [given, need] = [gives[cell] ?? 0, residual[row] ?? 0];
    gain += (given < need ? given : need) * (units[row] ?? 0);
  }
  return gain;
}
