import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import { leastRank, packagesFor, rankBound, type PackageBound, type RankBound } from './coverBounds.js';
import { createCoverIndex, type CoverIndex } from './coverIndex.js';
import type { CoverTable } from './coverTable.js';
import { chosenOf, createLabelStore, type Chosen, type Label } from './labels.js';
import { comparePreference } from './preference.js';
import type { RowPrices } from './rowPrices.js';

/** What one search for coverings with a given number of packages works on. */
export interface CoverSearch {
  readonly cover: Cover;
  readonly table: CoverTable;
  readonly packages: number;
  readonly bound: PackageBound;
  readonly rank: RankBound;
  readonly index: CoverIndex;
  /** The best covering so far, candidates ascending. */
  best: readonly number[] | null;
  bestScalar: number;
  /** Places of its codes, ascending. */
  bestCodes: readonly number[];
}

export function startCoverSearch(
  cover: Cover,
  table: CoverTable,
  bound: PackageBound,
  packages: number,
  budget: Budget,
): CoverSearch {
  const rank = rankBound(table, packages, budget);
  const index = createCoverIndex(cover.gives);
  return { cover, table, packages, bound, rank, index, best: null, bestScalar: Infinity, bestCodes: [] };
}

/** Takes note of a covering if it is preferred to the best so far. */
export function offer(search: CoverSearch, chosen: readonly number[]): void {
  const { cover, table } = search;
  const sorted = [...chosen].sort((a, b) => a - b);
  if (search.best && comparePreference(cover, sorted, search.best) >= 0) return;
  search.best = sorted;
  search.bestScalar = sorted.reduce((sum, at) => sum + (table.scalars[at] ?? 0), 0);
  search.bestCodes = sorted.map((at) => table.codeOrder[at] ?? 0).sort((a, b) => a - b);
}

export function startLabel({ table, bound, rank }: CoverSearch): Label {
  const residual = Array.from(table.needs);
  const open = residual.filter((need) => need > 0).length;
  const empty = { packages: 0, size: 0, scalar: 0, last: -1, before: null };
  return { ...empty, residual, open, worth: bound.prices.of(residual), rankWorth: rank.prices.of(residual) };
}

/**
 * Finds the best covering with exactly so many packages, given that fewer do not do.
 *
 * Dynamic programming over residual needs: candidates are taken in rank order, each once; of partial
 * choices with the same residual, size and packages only the best is kept. That is exact, since what may
 * follow depends on nothing else, and rank sums and codes of sets of one size keep their order when the
 * same candidates are added to both. Partial choices are dropped when the packages left cannot cover the
 * residual (packing prices) or cannot beat the best covering so far (rank prices, next ranks in order,
 * smallest codes to come). The last package is looked up in bit sets instead of being tried.
 *
 * Worst case: candidates times distinct residuals times packages; for one piece of each of 12 SKUs that is
 * candidates x 4,096 x packages, with more pieces the product of (pieces + 1).
 *
 * @returns true when the search was complete: `best` is the best, or there is none.
 */
export function searchCover(search: CoverSearch, budget: Budget): boolean {
  const { table, packages } = search;
  const store = createLabelStore((a, b) => compareLabels(search, a, b) < 0);
  const start = startLabel(search);
  if (packages === 1 && table.lastOpen === -1) {
    finish(search, start);
    return true;
  }
  store.add(start);
  const visit = VISIT + 4 * table.rows;
  for (let at = 0; at < table.count; at++) {
    const isComplete = store.forEach((label) => {
      if (!budget.spend(visit)) return 'stop';
      if (!canStillWin(search, label, at)) return 'drop';
      const next = extend(search, label, at, at + 1);
      if (!next) return 'keep';
      budget.spend(KEEP + 4 * table.rows);
      if (next.open === 0) offer(search, chosenOf(next));
      else if (packages - next.packages === 1 && at >= table.lastOpen) finish(search, next);
      else store.add(next);
      return 'keep';
    });
    if (!isComplete) return false;
  }
  return true;
}

/** Steps that it takes to look at a label, and to make another one of it, beside what its rows take. */
const VISIT = 20;
const KEEP = 100;

function compareLabels({ cover, table }: CoverSearch, a: Label, b: Label): number {
  if (a.scalar !== b.scalar) return a.scalar - b.scalar;
  if (!table.isWhole) return comparePreference(cover, chosenOf(a), chosenOf(b));
  return compareNumbers(codesOf(table, a), codesOf(table, b));
}

/**
 * The label with one more candidate; null when that gives nothing that is needed, is one too many, or
 * cannot lead to a covering that is preferred to the best so far.
 *
 * @param from The first candidate that may still be added afterwards.
 */
function extend(search: CoverSearch, label: Label, at: number, from: number): Label | null {
  const grown = weigh(search, label, at, from);
  return grown && settle(search, label, grown);
}

/** A label whose residual is not worked out yet: most are dropped before anybody asks. */
export type Outline = Omit<Label, 'residual'>;

/** Like `extend`, but for the residual. */
export function weigh(search: CoverSearch, label: Label, at: number, from: number): Outline | null {
  const { cover, table, packages, bound, rank } = search;
  const left = packages - label.packages - (table.isOpen[at] ? 0 : 1);
  if (left < 0 || label.size >= cover.maxSize) return null;
  const { residual } = label;
  const { gives, rows } = table;
  const given = table.givenRows[at] ?? [];
  let { open, worth, rankWorth } = label;
  let gains = false;
  for (let i = 0; i < given.length; i++) {
    const row = given[i] ?? 0;
    const need = residual[row] ?? 0;
    if (need === 0) continue;
    gains = true;
    const units = gives[at * rows + row] ?? 0;
    const taken = units < need ? units : need;
    if (taken === need) open--;
    worth -= worthOf(bound.prices, row, need, taken);
    rankWorth -= worthOf(rank.prices, row, need, taken);
  }
  if (!gains) return null;
  const scalar = label.scalar + (table.scalars[at] ?? 0);
  const size = label.size + 1;
  const next = { packages: packages - left, size, scalar, last: at, before: label, open, worth, rankWorth };
  if (open === 0) return next;
  if (next.size >= cover.maxSize) return null;
  if (from > table.lastOpen) {
    if (packagesFor(bound, worth) > left) return null;
    const least = search.bestScalar === Infinity ? -Infinity : leastRank(rank, rankWorth, left);
    if (!isAhead(search, next, from, scalar + least - search.bestScalar)) return null;
  } else if (left === 0 && !canOpenOnesCover(table, label, at, from)) return null;
  return next;
}

/** @param before The label that the outline was weighed from. */
export function settle({ table }: CoverSearch, before: Label, outline: Outline): Label {
  const { gives, rows, givenRows } = table;
  const { packages, size, scalar, last, open, worth, rankWorth } = outline;
  const residual = open === 0 ? [] : before.residual.slice();
  for (const row of open === 0 ? [] : (givenRows[last] ?? [])) {
    const need = (residual[row] ?? 0) - (gives[last * rows + row] ?? 0);
    residual[row] = need > 0 ? need : 0;
  }
  return { residual, open, packages, size, scalar, worth, rankWorth, last, before };
}

/** What is taken off the worth of a row's need. */
function worthOf({ tables, worth }: RowPrices, row: number, need: number, taken: number): number {
  const table = tables[row];
  if (!table) return worth(row, need) - worth(row, need - taken);
  return (table[need] ?? 0) - (table[need - taken] ?? 0);
}

/** Whether what is open already can give all that is left; then no package is needed. */
function canOpenOnesCover(table: CoverTable, { residual }: Label, at: number, from: number): boolean {
  const { rows, gives, laterOpen } = table;
  return residual.every((need, row) => need <= (gives[at * rows + row] ?? 0) + (laterOpen[from * rows + row] ?? 0));
}

/** A label is done with when the candidates still to come are too few or rank too badly. */
function canStillWin(search: CoverSearch, label: Label, at: number): boolean {
  const { table, packages, bestScalar } = search;
  const left = packages - label.packages;
  if (at > table.lastOpen && at + left > table.count) return false;
  const { residual } = label;
  for (let row = 0, later = at * table.rows; row < table.rows; row++, later++) {
    if ((residual[row] ?? 0) > (table.later[later] ?? 0)) return false;
  }
  const end = Math.min(table.count, at + left);
  const least = (table.scalarsBefore[end] ?? 0) - (table.scalarsBefore[at] ?? 0) + (table.openRelief[at] ?? 0);
  return isAhead(search, label, at, label.scalar + least - bestScalar);
}

/**
 * @param lag How much the least rank of what the label leads to exceeds the best; where they are equal the
 *   codes decide, and the smallest that can still come bound them.
 */
function isAhead(
  { table, packages, bestCodes }: CoverSearch,
  label: Chosen & { packages: number },
  from: number,
  lag: number,
): boolean {
  if (lag !== 0 || !table.isWhole || table.lastOpen !== -1) return lag <= 0;
  const codes = codesOf(table, label);
  const later = table.smallestCodes[from] ?? [];
  const first = Math.min(codes[0] ?? Infinity, later[0] ?? Infinity);
  if (first !== bestCodes[0]) return first < (bestCodes[0] ?? Infinity);
  const smallest = [...codes, ...later.slice(0, packages - label.packages)].sort((a, b) => a - b);
  return compareNumbers(smallest, bestCodes) < 0;
}

function codesOf({ codeOrder }: CoverTable, label: Chosen): readonly number[] {
  const known = codesKnown.get(label);
  if (known) return known;
  const codes = chosenOf(label)
    .map((at) => codeOrder[at] ?? 0)
    .sort((a, b) => a - b);
  codesKnown.set(label, codes);
  return codes;
}

/** A label is compared many times. */
const codesKnown = new WeakMap<Chosen, readonly number[]>();

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let place = 0; place < a.length; place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** One package is left and nothing is open: the best candidate that holds all the rest. */
export function finish(search: CoverSearch, label: Label): void {
  const members = chosenOf(label);
  let at = search.index.firstHolding(label.residual, 0);
  while (members.includes(at)) at = search.index.firstHolding(label.residual, at + 1);
  if (at !== -1) offer(search, [...members, at]);
}
