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
  /** Candidates that a choice must not have all of, ascending; empty where any may be combined. */
  readonly notAllOf: readonly number[];
  /**
   * Whether a choice is allowed; null where all are. It may depend on who else is chosen, so that a better
   * candidate cannot simply take another's place.
   */
  readonly isAllowed: ((chosen: readonly number[]) => boolean) | null;
}

/** Whether a choice has all of some candidates, of which there is at least one. */
export const hasAll = (chosen: readonly number[], some: readonly number[]): boolean =>
  some.length > 0 && some.every((at) => chosen.includes(at));

/** Candidates `at`, in the same order, as a cover of their own. Without one of `notAllOf` nothing is barred. */
export function restrict(cover: Cover, at: readonly number[]): Cover {
  const { notAllOf, isAllowed } = cover;
  return {
    ...cover,
    gives: entriesAt(cover.gives, at),
    keys: entriesAt(cover.keys, at),
    codes: entriesAt(cover.codes, at),
    isOpen: entriesAt(cover.isOpen, at),
    notAllOf: notAllOf.every((one) => at.includes(one)) ? notAllOf.map((one) => at.indexOf(one)) : [],
    isAllowed: isAllowed && ((chosen) => isAllowed(chosen.map((one) => at[one] ?? 0))),
  };
}

function entriesAt<Entry>(entries: readonly Entry[], at: readonly number[]): Entry[] {
  const some: Entry[] = [];
  for (const index of at) {
    const entry = entries[index];
    if (entry !== undefined) some.push(entry);
  }
  return some;
}
