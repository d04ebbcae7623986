import { givesTo, holdsAll } from './allocate.js';
import type { Problem } from './problem.js';
import type { Component } from './structure.js';

/**
 * The problem as a multi-cover: opened locations must together give each row what it needs. A row is a SKU
 * in units, or a block that goes whole, needed once.
 */
export interface Rows {
  /** At most what all candidates together have. */
  readonly needs: readonly number[];
  /** Units of the order that one unit of the row stands for. */
  readonly weights: readonly number[];
  /** By candidate, then by row; never more than the need. */
  readonly gives: readonly (readonly number[])[];
  /** Every row can get all that the order wants of it. */
  readonly isWhole: boolean;
}

interface Row {
  readonly need: number;
  readonly weight: number;
  readonly gives: readonly number[];
}

/** @param forCover The rows must be covered; otherwise as much of them as possible, and only weights add up. */
export function rowsOf(problem: Problem, components: readonly Component[], forCover: boolean): Rows {
  const wanted = components.flatMap((component) => rowsOfComponent(problem, component, forCover));
  const reachable = wanted.map(withinReach);
  const rows = reachable.filter(({ need }) => need > 0);
  return {
    needs: rows.map(({ need }) => need),
    weights: rows.map(({ weight }) => weight),
    gives: problem.candidates.map((_, at) => rows.map(({ gives }) => gives[at] ?? 0)),
    isWhole: reachable.every(({ need }, at) => need === wanted[at]?.need),
  };
}

/** Nobody can be asked for more than there is. Must everything be placed, the caller has checked that. */
function withinReach({ need, weight, gives }: Row): Row {
  const there = gives.reduce((sum, units) => sum + units, 0);
  const limit = Math.min(need, there);
  return { need: limit, weight, gives: gives.map((units) => Math.min(units, limit)) };
}

function rowsOfComponent(problem: Problem, component: Component, forCover: boolean): Row[] {
  const { kind, lines, units, blocks, skus } = component;
  const bySku = skus.map((sku) =>
    skuRow(
      problem,
      lines.filter((line) => problem.lines[line]?.sku === sku),
      sku,
    ),
  );
  if (kind === 'draw') return bySku;
  if (kind === 'whole') return [wholeRow(problem, lines, units)];
  if (!forCover) return bySku;
  const atoms = blocks.filter(({ isAtomic }) => isAtomic);
  if (atoms.length === 0) return hallRows(problem, component);
  return problem.mustPlaceAll ? [...bySku, ...atoms.map((block) => wholeRow(problem, block.lines, 0))] : bySku;
}

function skuRow({ lines, candidates }: Problem, members: readonly number[], sku: number): Row {
  const need = members.reduce((sum, line) => sum + (lines[line]?.quantity ?? 0), 0);
  const gives = candidates.map((candidate) => {
    let most = 0;
    for (const line of members) most = Math.max(most, givesTo(candidate, line, sku));
    return Math.min(most, need);
  });
  return { need, weight: 1, gives };
}

function wholeRow(problem: Problem, members: readonly number[], weight: number): Row {
  const gives = problem.candidates.map((candidate) => (holdsAll(problem, members, candidate) ? 1 : 0));
  return { need: 1, weight, gives };
}

// Two to this power rows; more kinds of lines of one SKU are rare enough to be only bounded.
const MAX_CLASSES = 4;

/**
 * Lines of one SKU that not every location may serve: opened locations can place `most` units exactly when
 * every set of lines finds enough among the locations that may serve one of them (max-flow min-cut; Hall
 * 1935 for single units). One row per set of lines that are refused alike.
 */
function hallRows(problem: Problem, { lines, skus: [sku = 0], units }: Component): Row[] {
  const classes = new Map<string, number[]>();
  for (const line of lines) {
    const pattern = problem.candidates.map(({ refuses }) => (refuses?.[line] ? '1' : '0')).join('');
    classes.set(pattern, [...(classes.get(pattern) ?? []), line]);
  }
  const kinds = [...classes.values()];
  if (kinds.length > MAX_CLASSES) return [skuRow(problem, lines, sku)];
  const subsets = Array.from({ length: 2 ** kinds.length - 1 }, (_, bits) =>
    kinds.flatMap((kind, at) => ((bits + 1) & (1 << at) ? kind : [])),
  ).map((members) => skuRow(problem, members, sku));
  // What all candidates together can place; less than `units` only where the rest may stay unplaced.
  const most = Math.min(
    ...subsets.map(({ need, gives }) => units - need + gives.reduce((sum, of) => sum + of, 0)),
    units,
  );
  return subsets.map((row) => {
    // Where all must be placed, what is out of reach shows as a row that cannot be covered.
    const need = problem.mustPlaceAll ? row.need : Math.max(0, most - (units - row.need));
    return { ...row, need, weight: row.need === units ? 1 : 0 };
  });
}
