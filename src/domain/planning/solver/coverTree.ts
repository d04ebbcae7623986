import type { Budget } from './budget.js';
import { hasAll, type Cover } from './cover.js';
import type { CoverIndex } from './coverIndex.js';
import { choose, type Part } from './coverPart.js';
import { boundOf, isLeftOut, relax, sharesOf, without } from './coverRelaxation.js';

/** What is searched for, and what is known of it already. */
export interface Quest {
  readonly cover: Cover;
  /** What a choice of such a value at least can gain; with `tie` only where it is preferred for its codes. */
  readonly gain: (least: number) => 'better' | 'tie' | 'none';
  /** Whether these candidates and some of the free ones can be preferred for their codes. */
  readonly mayWinTie: (ones: readonly number[], free: readonly number[]) => boolean;
  /** Place of a candidate's code among all. */
  readonly codeOrder: Int32Array;
  /** Told of choices that may be the best. */
  readonly offer: (chosen: readonly number[]) => void;
  /** Most candidates that can be chosen; Infinity where that is not known. */
  readonly most: () => number;
  /** Finds the last candidates of a covering without trying them; null where rows do not tell enough. */
  readonly index: CoverIndex | null;
  readonly budget: Budget;
}

const VISIT = 500;
const SHARE = 1e-6;

/**
 * Offers every choice of candidates that may be the best, but for those that bounds show to be useless: branch
 * and bound with linear relaxations (Land and Doig 1960, Dakin 1965). One candidate after the other is chosen,
 * which leaves a smaller part to be searched, and then left out. Worst case: all choices.
 *
 * @returns false when the budget was spent before the end.
 */
export function searchTree(quest: Quest, part: Part): boolean {
  const { budget, cover } = quest;
  const { ones, places } = part;
  const size = quest.most() - ones.length;
  if (size < 0) return true;
  if (size === 0 || (size === 1 && quest.index)) {
    finish(quest, part, size, null);
    return true;
  }
  const relaxation = relax(part);
  const isFree = (at: number) => !isLeftOut(relaxation, at);
  // Of two that are better one may be the last of those that must not all be chosen.
  const more = cover.isAllowed ? Infinity : cover.notAllOf.length > 0 ? size : size - 1;
  const rest = { isFree, isKept: (place: number) => cover.isOpen[place] ?? false, more };
  const freeOnes = () => [...places.keys()].filter(isFree);
  for (;;) {
    if (!budget.spend(VISIT)) return false;
    const { value, reduced } = boundOf(relaxation, budget);
    if (budget.isSpent()) return false;
    const free = freeOnes();
    let mayWinTie: boolean | null = null;
    const isHopeless = (least: number) => {
      const gain = quest.gain(Math.ceil(least));
      return gain === 'none' || (gain === 'tie' && !(mayWinTie ??= quest.mayWinTie(ones, placesOf(part, free))));
    };
    if (isHopeless(value)) return true;
    const shares = sharesOf(relaxation);
    let branch = fractional(shares, free);
    if (branch === -1) {
      quest.offer([
        ...ones,
        ...placesOf(
          part,
          free.filter((at) => (shares[at] ?? 0) > 0.5),
        ),
      ]);
      mayWinTie = null;
      if (free.length === 0 || isHopeless(value)) return true;
    }
    if (size === 2 && quest.index) {
      for (const at of free) finish(quest, part, 2, at);
      return true;
    }
    if (branch === -1 || quest.gain(Math.ceil(value)) === 'tie') branch = firstCode(quest, part, free);
    branch = nextOfBarred(quest, part, free) ?? branch;
    for (const at of free) {
      if (at !== branch && (reduced[at] ?? 0) > 0 && isHopeless(value + (reduced[at] ?? 0))) without(relaxation, at);
    }
    budget.spend(places.length * (10 + 2 * part.needs.length));
    if (!searchTree(quest, choose(part, branch, rest))) return false;
    without(relaxation, branch);
  }
}

const placesOf = ({ places }: Part, at: readonly number[]) => at.map((one) => places[one] ?? 0);

/** So that the first choice that is found among equal ones is the best. */
function firstCode({ codeOrder }: Quest, { places }: Part, free: readonly number[]): number {
  const codeOf = (at: number) => codeOrder[places[at] ?? 0] ?? 0;
  return free.reduce((first, at) => (codeOf(at) < codeOf(first) ? at : first));
}

/**
 * The next of the candidates that must not all be chosen, as long as none of them is left out: with each, less is
 * left to be covered without the one that is missing in the end.
 */
function nextOfBarred({ cover: { notAllOf } }: Quest, { places, ones }: Part, free: readonly number[]): number | null {
  if (!ones.every((one) => notAllOf.includes(one))) return null;
  const missing = notAllOf.filter((one) => !ones.includes(one)).map((one) => free.find((at) => places[at] === one));
  return missing.includes(undefined) ? null : (missing[0] ?? null);
}

/** The largest share that is not whole; -1 when all are. */
function fractional(shares: Float64Array, free: readonly number[]): number {
  let found = -1;
  let most = SHARE;
  for (const at of free) {
    const share = shares[at] ?? 0;
    if (share <= most || share > 1 - SHARE) continue;
    found = at;
    most = share;
  }
  return found;
}

/** With at most so many more candidates, of those that cover the best; one of two is given. */
function finish({ index, offer, budget, cover }: Quest, part: Part, size: number, one: number | null): void {
  const { needs, gives, places, rows } = part;
  const needOf = (row: number) => (needs[row] ?? 0) - (one === null ? 0 : (gives[one * needs.length + row] ?? 0));
  const ones = one === null ? part.ones : [...part.ones, places[one] ?? 0];
  budget.spend(FINISH * (needs.length + 1) * (1 + cover.gives.length / 256));
  if (!index || needs.every((_, row) => needOf(row) <= 0)) return offer(ones);
  if (size === (one === null ? 0 : 1)) return;
  const residual = cover.needs.map(() => 0);
  rows.forEach((row, at) => (residual[row] = needOf(at)));
  let at = index.firstHolding(residual, 0);
  while (ones.includes(at) || (at !== -1 && hasAll([...ones, at], cover.notAllOf)))
    at = index.firstHolding(residual, at + 1);
  if (at !== -1) offer([...ones, at]);
}

const FINISH = 10;
