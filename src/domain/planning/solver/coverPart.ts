import type { LinearRow } from './boundedSimplex.js';

/**
 * What is left of a cover when some candidates are chosen: rows need less, and no candidate gives more than
 * that. So whole candidates are bounded better than shares of them, the further the more are chosen.
 */
export interface Part {
  /** By candidate that is free, its place in the cover; ascending. */
  readonly places: Int32Array;
  /** By row that still needs something, its place in the cover. */
  readonly rows: Int32Array;
  readonly needs: Float64Array;
  /** By candidate, then by row. */
  readonly gives: Float64Array;
  readonly goal: Goal;
  readonly limits: readonly Limit[];
  /** Candidates that are chosen, and their part of the goal. */
  readonly ones: readonly number[];
  readonly paid: number;
}

/** What is to be small: whole numbers by candidate, and by row for each unit that it lacks. */
export interface Goal {
  readonly of: Float64Array;
  /** Null where no row may lack anything. */
  readonly lacks: Float64Array | null;
}

/** A sum that must not exceed, or must be, so much. */
export interface Limit extends Goal {
  readonly most: number;
  readonly isExact: boolean;
}

/** Which candidates remain free besides the one that is chosen. */
export interface Rest {
  readonly isFree: (at: number) => boolean;
  /** Stays free though it gives nothing that is needed. */
  readonly isKept: (place: number) => boolean;
  /**
   * How many more can be chosen, where that is limited and candidates are in order of preference: then of those
   * that give no more than others before them only so many matter.
   */
  readonly more: number;
}

/** What is left when the candidate `at` is chosen. */
export function choose(part: Part, at: number, rest: Rest): Part {
  const width = part.needs.length;
  const rows = part.rows.filter((_, row) => needAfter(part, at, row) > 0);
  const from = Int32Array.from(part.rows.keys()).filter((row) => needAfter(part, at, row) > 0);
  const needs = Float64Array.from(from, (row) => needAfter(part, at, row));
  const left = new Int32Array(part.places.length);
  const gives = new Float64Array(part.places.length * from.length);
  let count = 0;
  for (let other = 0; other < part.places.length; other++) {
    if (other === at || !rest.isFree(other)) continue;
    let most = 0;
    for (let row = 0, to = count * from.length; row < from.length; row++, to++) {
      const units = Math.min(part.gives[other * width + (from[row] ?? 0)] ?? 0, needs[row] ?? 0);
      gives[to] = units;
      if (units > most) most = units;
    }
    if (most === 0 ? !rest.isKept(part.places[other] ?? 0) : isBeaten(gives, from.length, count, rest.more)) continue;
    left[count++] = other;
  }
  const kept = left.subarray(0, count);
  const chosen = (goal: Goal) => ({ of: pick(goal.of, kept), lacks: goal.lacks && pick(goal.lacks, from) });
  return {
    places: kept.map((other) => part.places[other] ?? 0),
    rows,
    needs,
    gives: gives.subarray(0, count * from.length),
    goal: chosen(part.goal),
    limits: part.limits.map((limit) => {
      return { ...chosen(limit), most: limit.most - (limit.of[at] ?? 0), isExact: limit.isExact };
    }),
    ones: [...part.ones, part.places[at] ?? 0],
    paid: part.paid + (part.goal.of[at] ?? 0),
  };
}

const needAfter = ({ needs, gives }: Part, at: number, row: number): number =>
  (needs[row] ?? 0) - (gives[at * needs.length + row] ?? 0);

function pick(values: Float64Array, at: Int32Array): Float64Array {
  const picked = new Float64Array(at.length);
  for (let to = 0; to < at.length; to++) picked[to] = values[at[to] ?? 0] ?? 0;
  return picked;
}

/** Beyond so many too few candidates are beaten to make the comparison worth it. */
const WORTH = 4;

/** Whether so many of the candidates before `at` give at least as much of everything. */
function isBeaten(gives: Float64Array, width: number, at: number, enough: number): boolean {
  if (enough > WORTH) return false;
  const start = at * width;
  let count = 0;
  for (let other = 0; other < start; other += width) {
    let row = 0;
    while (row < width && (gives[other + row] ?? 0) >= (gives[start + row] ?? 0)) row++;
    if (row === width && ++count >= enough) return true;
  }
  return false;
}

/** The rows of the part as a linear programme: a share of each candidate, then what each row lacks. */
export function linearRows(part: Part): LinearRow[] {
  const rows: LinearRow[] = [];
  for (let row = 0; row < part.needs.length; row++) rows.push(bundleRow(part, row, 1));
  for (const { of, lacks, most, isExact } of part.limits) rows.push(scaled(joined(of, lacks), most, isExact));
  return rows;
}

export function joined(of: Float64Array, lacks: Float64Array | null): Float64Array {
  const cells = new Float64Array(of.length + (lacks?.length ?? 0));
  cells.set(of);
  if (lacks) cells.set(lacks, of.length);
  return cells;
}

/**
 * Rows that whole candidates obey and shares do not (Chvatal 1973, Gomory 1958): from "units add up to 5" follows
 * "bundles of 3, rounded up, add up to 2".
 */
export function brokenBundles(part: Part, shares: Float64Array): LinearRow[] {
  const found: LinearRow[] = [];
  if (part.goal.lacks) return found;
  const { needs, gives } = part;
  for (let row = 0; row < needs.length; row++) {
    const need = needs[row] ?? 0;
    if (need < 2) continue;
    let largest = 0;
    for (let cell = row; cell < gives.length; cell += needs.length) largest = Math.max(largest, gives[cell] ?? 0);
    for (const size of new Set([largest, Math.ceil(need / 2), largest - 1, Math.ceil(largest / 2)])) {
      if (size > 1 && need % size !== 0 && isBroken(part, row, size, shares)) found.push(bundleRow(part, row, size));
    }
  }
  return found;
}

const BROKEN = 1e-3;

function isBroken({ places, gives, needs }: Part, row: number, size: number, shares: Float64Array): boolean {
  let bundles = Math.ceil((needs[row] ?? 0) / size);
  for (let at = 0, cell = row; at < places.length; at++, cell += needs.length) {
    const share = shares[at] ?? 0;
    if (share > 0) bundles -= share * Math.ceil((gives[cell] ?? 0) / size);
  }
  return bundles > BROKEN;
}

function bundleRow({ places, needs, gives, goal }: Part, row: number, size: number): LinearRow {
  const cells = new Float64Array(places.length + (goal.lacks ? needs.length : 0));
  for (let at = 0, cell = row; at < places.length; at++, cell += needs.length) {
    cells[at] = -Math.ceil((gives[cell] ?? 0) / size);
  }
  if (goal.lacks) cells[places.length + row] = -1;
  return scaled(cells, -Math.ceil((needs[row] ?? 0) / size), false);
}

/** So that the largest cell is 1, which the tolerances of the simplex method are made for. */
function scaled(cells: Float64Array, limit: number, isExact: boolean): LinearRow {
  const largest = largestOf(cells);
  for (let at = 0; at < cells.length; at++) cells[at] = (cells[at] ?? 0) / largest;
  return { cells, limit: limit / largest, isExact };
}

/** Of their sizes; 1 when all are 0. */
export function largestOf(cells: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < cells.length; at++) largest = Math.max(largest, Math.abs(cells[at] ?? 0));
  return largest || 1;
}
