import { compareText } from '../compareText.js';
import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import type { RowPrices } from './rowPrices.js';

/** How a walk chooses: what a candidate takes off a row, and what becomes of that by its rank. */
export interface Taste {
  /** Of so many units, when the row still needs `need`. */
  readonly worth: (row: number, need: number, units: number) => number;
  readonly measure: (gain: number, at: number) => number;
  /** Candidates; of equal ones the first here is taken. */
  readonly order: readonly number[];
}

/**
 * Tastes of greedy choice: by units (Chvatal 1979), by units for their rank and by rank alone, where equal
 * ones go by the first criterion and the code; by units, by shares of the needs, by rank and by the prices of
 * a bound, if there is one, where they go by the whole rank. None is best: each wins on some orders.
 */
export function tastesOf({ gives, needs, weights, keys, codes }: Cover, prices: RowPrices | null): readonly Taste[] {
  const byRank = [...gives.keys()];
  const first = (at: number) => (keys[at]?.[0] ?? 0) * MISSING + (keys[at]?.[1] ?? 0);
  const byFirst = [...byRank].sort((a, b) => first(a) - first(b) || compareText(codes[a] ?? '', codes[b] ?? ''));
  const least = Math.min(0, first(byFirst[0] ?? 0));
  // Whole numbers, so that equal sums are equal; rows that stand for no units only decide between equal ones.
  const units: Taste['worth'] = (row, _, taken) => taken * (weights[row] || TRACE);
  const share: Taste['worth'] = (row, _, taken) => taken / (needs[row] ?? 1);
  const asGained: Taste['measure'] = (gain) => gain;
  const anything: Taste['measure'] = () => 1;
  const forRank: Taste['measure'] = (gain, at) => gain / (1 + first(at) - least);
  return [
    { worth: units, measure: asGained, order: byFirst },
    { worth: units, measure: forRank, order: byFirst },
    { worth: units, measure: anything, order: byFirst },
    { worth: units, measure: asGained, order: byRank },
    { worth: share, measure: asGained, order: byRank },
    { worth: units, measure: anything, order: byRank },
    ...(prices ? [{ worth: pricedBy(prices), measure: asGained, order: byRank }] : []),
  ];
}

const TRACE = 1e-9;

// A value that is missing is worse than any that is there.
const MISSING = 1e9;

const pricedBy =
  ({ worth }: RowPrices): Taste['worth'] =>
  (row, need, units) =>
    worth(row, need) - worth(row, need - units) + TRACE * units;

// What is open already costs nothing: it comes first.
const FREE = 1e6;

/** Steps to try a candidate, and one of the rows to which it gives. */
const TRY = 2;
const TRY_ROW = 3;

/**
 * Candidates in the order in which greedy choice opens them, until nothing more comes of it, there are
 * `cover.maxSize` or the budget is spent. Worst case: candidates times rows for each.
 */
export function walk({ gives, needs, maxSize, isOpen }: Cover, taste: Taste, budget: Budget): readonly number[] {
  const { order, measure } = taste;
  const residual = [...needs];
  const given = gives.map((of) => of.flatMap((units, row) => (units > 0 ? [row] : [])));
  const effort = given.reduce((sum, rows) => sum + TRY + TRY_ROW * rows.length, gives.length * needs.length);
  const chosen = new Set<number>();
  while (chosen.size < maxSize && budget.spend(effort)) {
    let next = -1;
    let most = 0;
    for (const at of order) {
      if (chosen.has(at)) continue;
      const gain = gainOf(gives[at] ?? [], given[at] ?? [], residual, taste.worth);
      const value = gain > 0 ? measure(gain, at) * (isOpen[at] ? FREE : 1) : 0;
      if (value <= most) continue;
      next = at;
      most = value;
    }
    if (next === -1) break;
    chosen.add(next);
    for (const row of given[next] ?? []) residual[row] = Math.max(0, (residual[row] ?? 0) - (gives[next]?.[row] ?? 0));
  }
  return [...chosen];
}

/** What a candidate takes off the worth. */
function gainOf(
  of: readonly number[],
  given: readonly number[],
  residual: readonly number[],
  worth: Taste['worth'],
): number {
  let gain = 0;
  for (const row of given) {
    const need = residual[row] ?? 0;
    const taken = Math.min(need, of[row] ?? 0);
    if (taken > 0) gain += worth(row, need, taken);
  }
  return gain;
}
