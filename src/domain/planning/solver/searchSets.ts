import type { Budget } from './budget.js';
import { compareSolutions } from './compareSolutions.js';
import type { Cover } from './cover.js';
import { createCoverTable, type CoverTable } from './coverTable.js';
import { evaluate, wantedUnits } from './evaluate.js';
import type { Problem, Solution } from './problem.js';
import { rowsTellAll, type Component } from './structure.js';

export interface SetSearch {
  readonly problem: Problem;
  readonly components: readonly Component[];
  /** Bounds the units of any set of candidates: rows of units, not of blocks that only must be covered. */
  readonly cover: Cover;
}

interface Walk extends SetSearch {
  readonly table: CoverTable;
  readonly total: number;
  /** What a set gives in rank order is what the plan gives, so that one that gives nothing never will. */
  readonly isExact: boolean;
  readonly mostLater: readonly number[];
  readonly budget: Budget;
  best: Solution | null;
  bestScalar: number;
}

interface State {
  readonly chosen: readonly number[];
  readonly residual: readonly number[];
  readonly placed: number;
  readonly packages: number;
  readonly scalar: number;
}

/**
 * The best plan when it cannot be told from rows alone whether a set of locations is allowed: packages have a
 * least value, or blocks compete for a SKU. Depth first over sets in rank order, each evaluated as the rule
 * does, pruned by units, packages and ranks that are possible at best (branch and bound, Land and Doig 1960).
 * Worst case: all sets.
 *
 * @param incumbent A plan that is allowed, to start from.
 */
export function searchSets(
  of: SetSearch,
  incumbent: Solution | null,
  budget: Budget,
): { best: Solution | null; isComplete: boolean } {
  const { problem, cover, components } = of;
  const { weights } = cover;
  const units = cover.gives.map((row) => row.reduce((sum, given, at) => sum + given * (weights[at] ?? 0), 0));
  for (let at = units.length - 2; at >= 0; at--) units[at] = Math.max(units[at] ?? 0, units[at + 1] ?? 0);
  const walk: Walk = {
    ...of,
    table: createCoverTable(cover, Math.min(cover.maxSize, problem.candidates.length)),
    total: cover.needs.reduce((sum, need, row) => sum + need * (weights[row] ?? 0), 0),
    isExact: rowsTellAll(components),
    mostLater: units,
    budget,
    best: null,
    bestScalar: Infinity,
  };
  if (incumbent) accept(walk, incumbent);
  const isComplete = visit(walk, 0, { chosen: [], residual: cover.needs, placed: 0, packages: 0, scalar: 0 });
  return { best: walk.best, isComplete: isComplete && !budget.isSpent() };
}

/** Steps to add a candidate to a set, beside what its rows take. */
const VISIT = 30;

/** @returns false when the budget is spent. */
function visit(walk: Walk, from: number, state: State): boolean {
  const { problem, cover, table } = walk;
  for (let at = from; at < table.count; at++) {
    if (!walk.budget.spend(VISIT + 6 * table.rows + 2 * state.chosen.length)) return false;
    const next = grow(walk, state, at);
    if (walk.isExact && next.placed === state.placed) continue;
    if (!canWin(walk, next, at + 1)) continue;
    const isWorthLooking = !problem.mustPlaceAll || next.placed === wantedUnits(problem);
    const found = isWorthLooking ? evaluate(problem, walk.components, next.chosen, walk.budget) : null;
    if (found && (!walk.best || compareSolutions(found, walk.best, problem.candidates) < 0)) accept(walk, found);
    const isDone = found?.units === walk.total && at >= table.lastOpen;
    if (!isDone && next.chosen.length < cover.maxSize && !visit(walk, at + 1, next)) return false;
  }
  return true;
}

function accept(walk: Walk, found: Solution): void {
  walk.best = found;
  walk.bestScalar = found.chosen.reduce((sum, at) => sum + (walk.table.scalars[at] ?? 0), 0);
}

function grow({ table, cover: { weights } }: Walk, state: State, at: number): State {
  const { rows, gives } = table;
  let placed = state.placed;
  const residual = state.residual.map((need, row) => {
    const taken = Math.min(need, gives[at * rows + row] ?? 0);
    placed += taken * (weights[row] ?? 0);
    return need - taken;
  });
  const packages = state.packages + (table.isOpen[at] ? 0 : 1);
  const scalar = state.scalar + (table.scalars[at] ?? 0);
  return { chosen: [...state.chosen, at], residual, placed, packages, scalar };
}

/** Whether the set, or one with candidates from `from` on besides, can beat the best plan so far. */
function canWin(walk: Walk, { residual, placed, packages, scalar, chosen }: State, from: number): boolean {
  const { problem, cover, table, best, mostLater } = walk;
  const left = Math.min(cover.maxSize - chosen.length, table.count - from);
  let there = 0;
  for (let row = 0, later = from * table.rows; row < table.rows; row++, later++) {
    there += Math.min(residual[row] ?? 0, table.later[later] ?? 0) * (cover.weights[row] ?? 0);
  }
  const most = placed + Math.min(there, left * (mostLater[from] ?? 0));
  if (problem.mustPlaceAll && most < wantedUnits(problem)) return false;
  if (!best || most > best.units) return true;
  if (most < best.units) return false;
  if (from <= table.lastOpen) return true;
  const more = placed < best.units ? Math.ceil((best.units - placed) / (mostLater[from] || 1)) : 0;
  if (packages + more !== best.packages) return packages + more < best.packages;
  const ranks = (table.scalarsBefore[from + more] ?? 0) - (table.scalarsBefore[from] ?? 0);
  return scalar + ranks <= walk.bestScalar;
}
