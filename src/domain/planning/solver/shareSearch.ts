import type { Budget } from './budget.js';
import type { Candidate, Problem } from './problem.js';
import type { Block } from './structure.js';
import { mostUnits } from './transportation.js';

/** What is still to be decided: units wanted by line, units left by opened location and SKU. */
export interface Rest {
  readonly wanted: readonly number[];
  readonly left: readonly (readonly number[])[];
}

export interface Share {
  readonly problem: Problem;
  readonly opened: readonly Candidate[];
  readonly budget: Budget;
}

export function startOf({ problem, opened }: Share): Rest {
  return {
    wanted: problem.lines.map(({ quantity }) => quantity),
    left: opened.map(({ available }) => available),
  };
}

const skuOf = ({ problem }: Share, line: number) => problem.lines[line]?.sku ?? 0;

export function take(share: Share, { wanted, left }: Rest, place: number, line: number, units: number): Rest {
  return {
    wanted: wanted.with(line, (wanted[line] ?? 0) - units),
    left: left.with(
      place,
      (left[place] ?? []).map((has, sku) => (sku === skuOf(share, line) ? has - units : has)),
    ),
  };
}

/** Null where the place does not have every unit of the block. */
export function takeWhole(share: Share, rest: Rest, place: number, block: Block): Rest | null {
  let after = rest;
  for (const line of block.lines) {
    const units = rest.wanted[line] ?? 0;
    if (canGive(share, after, place, line) < units) return null;
    after = take(share, after, place, line, units);
  }
  return after;
}

/** Units that the place can give to the line now. */
export function canGive(share: Share, rest: Rest, place: number, line: number): number {
  if (share.opened[place]?.refuses?.[line]) return 0;
  return Math.min(rest.wanted[line] ?? 0, rest.left[place]?.[skuOf(share, line)] ?? 0);
}

export const unitsOf = ({ lines }: Block, { wanted }: Rest): number =>
  lines.reduce((sum, line) => sum + (wanted[line] ?? 0), 0);

/**
 * Most units that these blocks can get: atomic ones are tried at every place and nowhere, largest first,
 * by branch and bound; the others are a maximum flow. Worst case (places + 1) to the power of the atomic
 * blocks of one component, which are few: they must share a SKU.
 */
export function mostPossible(share: Share, blocks: readonly Block[], rest: Rest): number {
  const atoms = blocks.filter(({ isAtomic }) => isAtomic).sort((a, b) => unitsOf(b, rest) - unitsOf(a, rest));
  const others = blocks.filter(({ isAtomic }) => !isAtomic);
  const limit = capacity(share, blocks, rest);
  const effort = 50 + 4 * blocks.length * share.opened.length;
  let best = 0;

  function visit(index: number, state: Rest, placed: number, open: number): void {
    if (best === limit || placed + open <= best || !share.budget.spend(effort)) return;
    const atom = atoms[index];
    if (!atom) {
      best = Math.max(best, placed + mostSplit(share, others, state));
      return;
    }
    const units = unitsOf(atom, state);
    for (const place of share.opened.keys()) {
      const after = takeWhole(share, state, place, atom);
      if (after) visit(index + 1, after, placed + units, open - units);
    }
    visit(index + 1, state, placed, open - units);
  }

  const all = blocks.reduce((sum, block) => sum + unitsOf(block, rest), 0);
  visit(0, rest, 0, all);
  return best;
}

function bySku(share: Share, blocks: readonly Block[]): ReadonlyMap<number, number[]> {
  const lines = new Map<number, number[]>();
  for (const line of blocks.flatMap((block) => block.lines)) {
    const sku = skuOf(share, line);
    lines.set(sku, [...(lines.get(sku) ?? []), line]);
  }
  return lines;
}

function mostSplit(share: Share, blocks: readonly Block[], { wanted, left }: Rest): number {
  let sum = 0;
  for (const [sku, lines] of bySku(share, blocks)) {
    const needs = lines.map((line) => wanted[line] ?? 0);
    const supplies = left.map((row) => row[sku] ?? 0);
    sum += mostUnits(needs, supplies, (place, index) => !share.opened[place]?.refuses?.[lines[index] ?? 0]);
  }
  return sum;
}

/** No allocation exceeds what is wanted and what is there, SKU by SKU. */
function capacity(share: Share, blocks: readonly Block[], { wanted, left }: Rest): number {
  let sum = 0;
  for (const [sku, lines] of bySku(share, blocks)) {
    const need = lines.reduce((total, line) => total + (wanted[line] ?? 0), 0);
    const supply = left.reduce((total, row) => total + (row[sku] ?? 0), 0);
    sum += Math.min(need, supply);
  }
  return sum;
}
