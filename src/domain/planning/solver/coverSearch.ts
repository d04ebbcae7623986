import { addKeys, compareKeys, type RankKey } from '../rank.js';
import type { Budget } from './budget.js';
import { compareCodes } from './compareSolutions.js';
import type { Cover } from './cover.js';
import { packagesFor, rankBound, scalarsOf, type RankBound } from './coverBounds.js';
import { createCoverIndex, type CoverIndex } from './coverIndex.js';
import { createLabelStore, type Label } from './labels.js';
import { compareText } from '../compareText.js';

/** A set of candidates that covers, ascending, with the sum of its keys. */
export interface Covering {
  readonly chosen: readonly number[];
  readonly key: RankKey;
}

interface Search {
  readonly cover: Cover;
  readonly packages: number;
  readonly prices: readonly number[];
  readonly index: CoverIndex;
  /** Rank by candidate as one number; empty where open candidates make sizes differ. */
  readonly scalars: readonly number[];
  /** Made when there is a covering to compare with. */
  readonly rank: () => RankBound;
  /** By candidate: what it and all after it have together, row by row. */
  readonly later: readonly (readonly number[])[];
  /** The same of those that are open already. */
  readonly laterOpen: readonly (readonly number[])[];
  readonly lastOpen: number;
  best: Covering | null;
  bestScalar: number;
}

/**
 * The best covering with exactly so many packages, given that fewer do not do.
 *
 * Dynamic programming over residual needs: candidates are taken in rank order, each once; of partial
 * choices with the same residual, number and packages only the best is kept. That is exact, since what may
 * follow depends on nothing else, and keys and codes of sets of one size keep their order when the same
 * candidates are added to both. Partial choices are dropped when the packages left cannot cover the
 * residual (packing prices) or cannot beat the best covering so far (rank prices, next keys in order). The
 * last package is looked up in bit sets instead of being tried.
 *
 * Worst case: candidates times distinct residuals times packages; for one piece of each of 12 SKUs that is
 * candidates x 4,096 x packages, with more pieces the product of (pieces + 1).
 *
 * @returns null when no such covering was found, which is a proof unless the budget is spent.
 */
export function searchCover(
  cover: Cover,
  packages: number,
  prices: readonly number[],
  incumbent: Covering | null,
  budget: Budget,
): Covering | null {
  const scalars = cover.isOpen.includes(true) ? [] : scalarsOf(cover.keys, packages);
  let rank: RankBound | null = null;
  const search: Search = {
    cover,
    packages,
    prices,
    index: createCoverIndex(cover.gives),
    scalars,
    rank: () => (rank ??= rankBound(cover, scalars, packages, budget)),
    later: sumsFromTheEnd(cover, () => true),
    laterOpen: sumsFromTheEnd(cover, (at) => cover.isOpen[at] ?? false),
    lastOpen: cover.isOpen.lastIndexOf(true),
    best: null,
    bestScalar: Infinity,
  };
  if (incumbent) accept(search, incumbent);
  const emptyKey = cover.keys[0]?.map(() => 0) ?? [];
  const start: Label = {
    residual: cover.needs,
    packages: 0,
    size: 0,
    key: emptyKey,
    scalar: 0,
    last: -1,
    before: null,
  };
  const store = createLabelStore(cover);
  if (packages === 1 && search.lastOpen === -1) {
    finish(search, start);
    return search.best;
  }
  store.add(start);
  for (let at = 0; at < cover.gives.length && !budget.isSpent(); at++) {
    store.forEach(at, (label) => {
      if (!budget.spend(1)) return 'stop';
      return tryCandidate(search, label, at, store.add);
    });
  }
  return search.best;
}

type Fate = 'keep' | 'drop' | 'stop';

function tryCandidate(search: Search, label: Label, at: number, keep: (label: Label) => void): Fate {
  const { cover, packages } = search;
  const left = packages - label.packages;
  if (!canStillWin(search, label, at, left)) return 'drop';
  const cost = cover.isOpen[at] ? 0 : 1;
  if (cost > left || label.size >= cover.maxSize) return 'keep';
  const residual = take(label.residual, cover.gives[at] ?? []);
  if (!residual) return 'keep';
  const after = left - cost;
  const scalar = label.scalar + (search.scalars[at] ?? 0);
  const next: Label = {
    residual,
    packages: label.packages + cost,
    size: label.size + 1,
    key: label.key,
    scalar,
    last: at,
    before: label,
  };
  if (residual.every((need) => need === 0)) offer(search, next);
  else if (isPromising(search, next, after)) {
    const withKey = { ...next, key: addKeys(label.key, cover.keys[at] ?? []) };
    if (after === 1 && at >= search.lastOpen) finish(search, withKey);
    else keep(withKey);
  }
  return 'keep';
}

/** What is left after a candidate; null when it gives nothing that is needed. */
function take(residual: readonly number[], gives: readonly number[]): readonly number[] | null {
  let gains = false;
  const left = residual.slice();
  for (let row = 0; row < left.length; row++) {
    const need = left[row] ?? 0;
    const given = gives[row] ?? 0;
    if (need === 0 || given === 0) continue;
    gains = true;
    left[row] = need > given ? need - given : 0;
  }
  return gains ? left : null;
}

/** A label is done with when the candidates still to come are too few or too bad. */
function canStillWin({ cover, best, later, lastOpen }: Search, label: Label, at: number, left: number): boolean {
  const there = later[at] ?? [];
  for (let row = 0; row < label.residual.length; row++) {
    if ((label.residual[row] ?? 0) > (there[row] ?? 0)) return false;
  }
  if (!best || at <= lastOpen) return true;
  if (at + left > cover.keys.length) return false;
  let key = label.key;
  for (let next = at; next < at + left; next++) key = addKeys(key, cover.keys[next] ?? []);
  return compareKeys(key, best.key) <= 0;
}

function isPromising(search: Search, label: Label, left: number): boolean {
  const { cover, prices, later, laterOpen } = search;
  const { residual, last, size } = label;
  if (size >= cover.maxSize) return false;
  const open = laterOpen[last + 1] ?? [];
  const there = later[last + 1] ?? [];
  let worth = 0;
  for (let row = 0; row < residual.length; row++) {
    const need = residual[row] ?? 0;
    if (left > 1 && need > (there[row] ?? 0)) return false;
    worth += Math.max(0, need - (open[row] ?? 0)) * (prices[row] ?? 0);
  }
  if (packagesFor(worth) > left) return false;
  if (!search.best || search.scalars.length === 0) return true;
  return label.scalar + search.rank()(residual, left) <= search.bestScalar;
}

/** One package is left and nothing is open: the best candidate that holds all the rest. */
function finish(search: Search, label: Label): void {
  const members = chosenOf(label);
  for (let at = search.index.firstHolding(label.residual, 0); at !== -1;) {
    if (!members.includes(at)) {
      offer(search, { ...label, residual: [], size: label.size + 1, last: at, before: label });
      return;
    }
    at = search.index.firstHolding(label.residual, at + 1);
  }
}

function offer(search: Search, label: Label): void {
  const chosen = chosenOf(label).sort((a, b) => a - b);
  const key = chosen.reduce<RankKey>(
    (sum, at) => addKeys(sum, search.cover.keys[at] ?? []),
    search.cover.keys[0]?.map(() => 0) ?? [],
  );
  const found = { chosen, key };
  if (!search.best || compareCoverings(found, search.best, search.cover) < 0) accept(search, found);
}

function accept(search: Search, found: Covering): void {
  search.best = found;
  search.bestScalar = found.chosen.reduce((sum, at) => sum + (search.scalars[at] ?? 0), 0);
}

export function compareCoverings(a: Covering, b: Covering, { codes }: Cover): number {
  const codesOf = ({ chosen }: Covering) => chosen.map((at) => codes[at] ?? '').sort(compareText);
  return compareKeys(a.key, b.key) || compareCodes(codesOf(a), codesOf(b));
}

export function chosenOf(label: Label): number[] {
  const chosen: number[] = [];
  for (let step: Label | null = label; step && step.last >= 0; step = step.before) chosen.push(step.last);
  return chosen;
}

function sumsFromTheEnd({ gives, needs }: Cover, counts: (at: number) => boolean): readonly (readonly number[])[] {
  const sums: (readonly number[])[] = [needs.map(() => 0)];
  for (let at = gives.length - 1; at >= 0; at--) {
    const after = sums[sums.length - 1] ?? [];
    sums.push(counts(at) ? after.map((sum, row) => sum + (gives[at]?.[row] ?? 0)) : after);
  }
  return sums.reverse();
}
