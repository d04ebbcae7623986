import { compareText } from '../compareText.js';
import type { RankKey } from '../rank.js';
import type { Cover } from './cover.js';

/**
 * A cover as flat arrays, with the sums that bounds ask for again and again. Candidates are in rank order;
 * `at * rows + row` finds what a candidate gives.
 */
export interface CoverTable {
  readonly rows: number;
  readonly count: number;
  readonly needs: Float64Array;
  readonly gives: Float64Array;
  /** By candidate, the rows to which it gives something. */
  readonly givenRows: readonly (readonly number[])[];
  readonly isOpen: readonly boolean[];
  /** What the candidate and all after it give together; likewise those that are open already. */
  readonly later: Float64Array;
  readonly laterOpen: Float64Array;
  readonly lastOpen: number;
  /** Rank as one number that adds up, ascending; see `isWhole`. */
  readonly scalars: Float64Array;
  /** Sum of the scalars before the candidate. */
  readonly scalarsBefore: Float64Array;
  /** What open candidates at this place or later can take off a sum of scalars; 0 or less. */
  readonly openRelief: Float64Array;
  /** The scalars hold the whole rank vector, not only its first components. */
  readonly isWhole: boolean;
  /** Place of the candidate's code among all codes. */
  readonly codeOrder: Int32Array;
  /** By candidate, the smallest places of codes among it and all after it, ascending. */
  readonly smallestCodes: readonly (readonly number[])[];
}

/** @param packages Most packages that a covering may have. */
export function createCoverTable({ needs, gives, keys, codes, isOpen }: Cover, packages: number): CoverTable {
  const rows = needs.length;
  const count = gives.length;
  const openCount = isOpen.filter((open) => open).length;
  const flat = new Float64Array(count * rows);
  gives.forEach((row, at) => flat.set(row, at * rows));
  const { scalars, isWhole } = scalarsOf(keys, packages + openCount);
  const codeOrder = new Int32Array(count);
  codes
    .map((code, at) => ({ code, at }))
    .sort((a, b) => compareText(a.code, b.code))
    .forEach(({ at }, place) => (codeOrder[at] = place));
  return {
    rows,
    count,
    needs: Float64Array.from(needs),
    gives: flat,
    givenRows: gives.map((row) => row.flatMap((units, at) => (units > 0 ? [at] : []))),
    isOpen,
    later: sumsFromTheEnd(flat, rows, () => true),
    laterOpen: sumsFromTheEnd(flat, rows, (at) => isOpen[at] ?? false),
    lastOpen: isOpen.lastIndexOf(true),
    scalars,
    scalarsBefore: sumsBefore(scalars),
    openRelief: sumsFromTheEnd(
      scalars.map((scalar) => Math.min(0, scalar)),
      1,
      (at) => isOpen[at] ?? false,
    ),
    isWhole,
    codeOrder,
    smallestCodes: smallestFromTheEnd(codeOrder, packages),
  };
}

// Sums of so many of these stay exact.
const MAX_SCALAR = 2 ** 45;

/**
 * As many leading components of the keys as fit into one whole number, so that sums of up to `count`
 * numbers compare as the sums of the keys do, as far as they reach.
 */
function scalarsOf(keys: readonly RankKey[], count: number): { scalars: Float64Array; isWhole: boolean } {
  let scalars = new Float64Array(keys.length);
  let range = 1;
  const components = keys[0]?.length ?? 0;
  for (let component = 0; component < components; component++) {
    const largest = keys.reduce((most, key) => Math.max(most, Math.abs(key[component] ?? 0)), 0);
    const span = 2 * largest * count + 1;
    if (range * span > MAX_SCALAR) return { scalars, isWhole: false };
    range *= span;
    scalars = scalars.map((scalar, at) => scalar * span + (keys[at]?.[component] ?? 0));
  }
  return { scalars, isWhole: true };
}

function sumsFromTheEnd(values: Float64Array, rows: number, counts: (at: number) => boolean): Float64Array {
  const sums = new Float64Array(values.length + rows);
  for (let at = values.length / (rows || 1) - 1; at >= 0; at--) {
    for (let row = 0; row < rows; row++) {
      const index = at * rows + row;
      sums[index] = (sums[index + rows] ?? 0) + (counts(at) ? (values[index] ?? 0) : 0);
    }
  }
  return sums;
}

function sumsBefore(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, at) => (sums[at + 1] = (sums[at] ?? 0) + value));
  return sums;
}

function smallestFromTheEnd(codeOrder: Int32Array, most: number): readonly (readonly number[])[] {
  const lists: (readonly number[])[] = [[]];
  for (let at = codeOrder.length - 1; at >= 0; at--) {
    const after = lists[lists.length - 1] ?? [];
    const code = codeOrder[at] ?? 0;
    const isSmall = after.length < most || code < (after[after.length - 1] ?? 0);
    lists.push(isSmall ? [...after, code].sort((a, b) => a - b).slice(0, most) : after);
  }
  return lists.reverse();
}
