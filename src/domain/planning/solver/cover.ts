import type { RankKey } from '../rank.js';

/**
 * A multi-cover with an order of preference: choose candidates so that every row gets what it needs; fewest
 * that are not open yet, then the smallest sum of keys, then the smallest codes. Candidates are in rank order.
 */
export interface Cover {
  readonly needs: readonly number[];
  /** Units of the order that one unit of the row stands for. */
  readonly weights: readonly number[];
  /** By candidate, then by row; never more than the need. */
  readonly gives: readonly (readonly number[])[];
  readonly keys: readonly RankKey[];
  readonly codes: readonly string[];
  /** Costs no package. */
  readonly isOpen: readonly boolean[];
  /** Most candidates that may be chosen, open ones included. */
  readonly maxSize: number;
}

/** Candidates `at`, in the same order, as a cover of their own. */
export function restrict(cover: Cover, at: readonly number[]): Cover {
  const pick = <Entry>(entries: readonly Entry[]) => at.flatMap((index) => entries.slice(index, index + 1));
  return {
    ...cover,
    gives: pick(cover.gives),
    keys: pick(cover.keys),
    codes: pick(cover.codes),
    isOpen: pick(cover.isOpen),
  };
}
