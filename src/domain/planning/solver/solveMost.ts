import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import { createCoverTable, type CoverTable } from './coverTable.js';
import { tastesOf, walk } from './coverWalks.js';
import { chosenOf, createLabelStore, type Chosen, type Label } from './labels.js';
import { mostBound, mostUnitsFor, type MostBound } from './mostBound.js';
import { comparePreference } from './preference.js';

export interface MostAnswer {
  /** Candidates, ascending; null when nobody has anything. */
  readonly chosen: readonly number[] | null;
  /** No choice of so many candidates gives more units. */
  readonly mostUnits: number;
  readonly isProven: boolean;
}

interface Search {
  readonly cover: Cover;
  readonly table: CoverTable;
  readonly bound: MostBound;
  /** By candidate, the most units that it or one after it gives. */
  readonly mostLater: readonly number[];
  /** Units of all needs. */
  readonly total: number;
  best: Found | null;
}

interface Found {
  readonly chosen: readonly number[];
  readonly units: number;
  readonly packages: number;
  readonly scalar: number;
}

const BEAM = 8;

/** Steps that it takes to look at a label, and to make another one of it, beside what its rows take. */
const VISIT = 25;
const KEEP = 100;

/**
 * As many units as possible from at most `cover.maxSize` candidates; then fewest packages, ranks and codes.
 * Maximum coverage, by the same dynamic programming as `searchCover`: partial choices in rank order, merged
 * by residual, dropped when they cannot reach the units of the best choice so far, or only with more packages
 * or worse ranks. Greedy choice and a beam search give the first choices.
 */
export function solveMost(cover: Cover, budget: Budget): MostAnswer {
  const { weights } = cover;
  const table = createCoverTable(cover, cover.maxSize);
  const total = cover.needs.reduce((sum, need, row) => sum + need * (weights[row] ?? 0), 0);
  const bound = mostBound(table, weights, cover.maxSize, budget);
  const mostLater = mostFromTheEnd(cover);
  const search: Search = { cover, table, bound, mostLater, total, best: null };
  const start = startOf(search);
  const ceiling = Math.min(total, mostUnitsFor(bound, start.worth, cover.maxSize));
  walkGreedily(search, start, budget);
  beam(search, start, budget);
  const isProven = exhaust(search, start, budget);
  const mostUnits = isProven ? (search.best?.units ?? 0) : ceiling;
  return { chosen: search.best?.chosen ?? null, mostUnits, isProven };
}

function walkGreedily(search: Search, start: Label, budget: Budget): void {
  for (const taste of tastesOf(search.cover, null)) {
    let label: Label | null = start;
    for (const at of walk(search.cover, taste, budget)) {
      label = label && extend(search, label, at);
      if (label) offer(search, label);
    }
  }
}

/** `worth` is the residual at the bound's prices, `rankWorth` the units that are still missing. */
function startOf({ cover, bound, total }: Search): Label {
  const worth = cover.needs.reduce((sum, need, row) => sum + need * (bound.free[row] ?? 0), 0);
  const residual = [...cover.needs];
  return {
    residual,
    open: residual.length,
    packages: 0,
    size: 0,
    scalar: 0,
    worth,
    rankWorth: total,
    last: -1,
    before: null,
  };
}

function exhaust(search: Search, start: Label, budget: Budget): boolean {
  const { table, cover } = search;
  const store = createLabelStore((a, b) => compareChoices(search, a, b) < 0);
  store.add(start);
  for (let at = 0; at < table.count; at++) {
    const isComplete = store.forEach((label) => {
      if (!budget.spend(VISIT + 4 * table.rows)) return 'stop';
      if (!canStillWin(search, label, at)) return 'drop';
      const next = extend(search, label, at);
      if (!next) return 'keep';
      budget.spend(KEEP + 3 * table.rows);
      offer(search, next);
      if (next.size < cover.maxSize && next.open > 0 && canStillWin(search, next, at + 1)) store.add(next);
      return 'keep';
    });
    if (!isComplete) return false;
  }
  return true;
}

function extend({ table, bound, cover: { weights } }: Search, label: Label, at: number): Label | null {
  const { rows, gives } = table;
  let { worth, rankWorth, open } = label;
  const residual = label.residual.slice();
  for (const row of table.givenRows[at] ?? []) {
    const need = residual[row] ?? 0;
    const taken = Math.min(need, gives[at * rows + row] ?? 0);
    if (taken === 0) continue;
    residual[row] = need - taken;
    if (need === taken) open--;
    worth -= taken * (bound.free[row] ?? 0);
    rankWorth -= taken * (weights[row] ?? 0);
  }
  if (rankWorth === label.rankWorth) return null;
  const packages = label.packages + (table.isOpen[at] ? 0 : 1);
  const scalar = label.scalar + (table.scalars[at] ?? 0);
  return { residual, open, packages, size: label.size + 1, scalar, worth, rankWorth, last: at, before: label };
}

/** Whether candidates from `at` on can make more of the label than the best choice so far. */
function canStillWin({ best, cover, table, bound, mostLater, total }: Search, label: Label, at: number): boolean {
  if (!best) return true;
  const placed = total - label.rankWorth;
  const left = cover.maxSize - label.size;
  let there = 0;
  for (let row = 0, later = at * table.rows; row < table.rows; row++, later++) {
    there += Math.min(label.residual[row] ?? 0, table.later[later] ?? 0) * (cover.weights[row] ?? 0);
  }
  const most = placed + Math.min(there, mostUnitsFor(bound, label.worth, left));
  if (most !== best.units) return most > best.units;
  if (at <= table.lastOpen) return true;
  const candidates = Math.ceil((best.units - placed) / (mostLater[at] || 1));
  // As it is, the label was offered when it was made.
  if (candidates === 0 || candidates > left || at + candidates > table.count) return false;
  if (label.packages + candidates !== best.packages) return label.packages + candidates < best.packages;
  const ranks = (table.scalarsBefore[at + candidates] ?? 0) - (table.scalarsBefore[at] ?? 0);
  return label.scalar + ranks <= best.scalar;
}

function offer(search: Search, label: Label): void {
  const { best, total, cover } = search;
  const units = total - label.rankWorth;
  const { packages, scalar } = label;
  if (best) {
    const difference = best.units - units || packages - best.packages;
    if (difference > 0 || (difference === 0 && scalar > best.scalar)) return;
    const isTie = difference === 0 && scalar === best.scalar;
    if (isTie && comparePreference(cover, ascending(label), best.chosen) >= 0) return;
  }
  search.best = { chosen: ascending(label), units, packages, scalar };
}

function compareChoices({ cover }: Search, a: Label, b: Label): number {
  return a.scalar - b.scalar || comparePreference(cover, ascending(a), ascending(b));
}

const ascending = (label: Chosen) => chosenOf(label).sort((a, b) => a - b);

function beam(search: Search, start: Label, budget: Budget): void {
  let labels = [start];
  for (let size = 0; size < search.cover.maxSize && labels.length > 0 && !budget.isSpent(); size++) {
    budget.spend(labels.length * search.cover.gives.length * (VISIT + search.table.rows));
    const grown = labels.flatMap((label) => {
      const members = new Set(chosenOf(label));
      return search.cover.gives.flatMap((_, at) => (members.has(at) ? [] : (extend(search, label, at) ?? [])));
    });
    budget.spend(KEEP * grown.length);
    for (const label of grown) offer(search, label);
    const better = (a: Label, b: Label) => a.rankWorth - b.rankWorth || a.packages - b.packages || a.scalar - b.scalar;
    const seen = new Set<string>();
    labels = grown
      .filter(({ open }) => open > 0)
      .sort(better)
      .filter(({ residual }) => !seen.has(residual.join()) && seen.add(residual.join()))
      .slice(0, BEAM);
  }
}

function mostFromTheEnd({ gives, weights }: Cover): readonly number[] {
  const units = gives.map((row) => row.reduce((sum, of, at) => sum + of * (weights[at] ?? 0), 0));
  for (let at = units.length - 2; at >= 0; at--) units[at] = Math.max(units[at] ?? 0, units[at + 1] ?? 0);
  return units;
}
