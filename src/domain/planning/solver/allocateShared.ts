import type { Budget } from './budget.js';
import type { Candidate, Problem } from './problem.js';
import { canGive, mostPossible, startOf, take, takeWhole, unitsOf, type Rest, type Share } from './shareSearch.js';
import type { Block, Component } from './structure.js';

/** Part of the allocation: the place is an index into the opened locations. */
export interface Draw {
  readonly place: number;
  readonly line: number;
  readonly units: number;
}

/** Where the decisions stand: blocks in order of their first line, and the units that must stay in reach. */
interface Stage {
  readonly undecided: readonly Block[];
  readonly rest: Rest;
  readonly target: number;
}

/**
 * The allocation where lines compete for a SKU and are not alike. First the most units that are possible,
 * then each line in turn is given as much from the best location as leaves that many possible.
 */
export function allocateShared(
  problem: Problem,
  { blocks }: Component,
  opened: readonly Candidate[],
  budget: Budget,
): readonly Draw[] {
  const share: Share = { problem, opened, budget };
  const rest = startOf(share);
  const undecided = [...blocks].sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
  let stage: Stage = { undecided, rest, target: mostPossible(share, undecided, rest) };
  const draws: Draw[] = [];
  for (const block of undecided) {
    // Without a budget nothing is foreseen: everyone takes what is there.
    const decided = budget.isSpent()
      ? takeFirst(share, block, stage)
      : block.isAtomic
        ? decideWhole(share, block, stage)
        : decideSplit(share, block, stage);
    draws.push(...decided.draws);
    stage = { ...decided, undecided: stage.undecided.slice(1) };
  }
  return draws;
}

/** What the best-ranked locations have, whatever the others need. */
function takeFirst(share: Share, block: Block, { rest, target }: Stage): Decided {
  if (!block.isAtomic) {
    return drawFirst(share, block.lines[0] ?? 0, rest, target);
  }
  for (const place of share.opened.keys()) {
    const after = takeWhole(share, rest, place, block);
    if (!after) continue;
    return { draws: block.lines.map((line) => ({ place, line, units: rest.wanted[line] ?? 0 })), rest: after, target };
  }
  return { draws: [], rest, target };
}

function drawFirst(share: Share, line: number, from: Rest, target: number): Decided {
  const draws: Draw[] = [];
  let rest = from;
  for (const place of share.opened.keys()) {
    const units = canGive(share, rest, place, line);
    if (units === 0) continue;
    draws.push({ place, line, units });
    rest = take(share, rest, place, line, units);
  }
  return { draws, rest, target };
}

type Decided = Omit<Stage, 'undecided'> & { readonly draws: readonly Draw[] };

/** The best-ranked place after which the others can still reach the target, or none. */
function decideWhole(share: Share, block: Block, { undecided, rest, target }: Stage): Decided {
  const units = unitsOf(block, rest);
  for (const place of share.opened.keys()) {
    const after = takeWhole(share, rest, place, block);
    if (!after || units + mostPossible(share, undecided.slice(1), after) !== target) continue;
    const draws = block.lines.map((line) => ({ place, line, units: rest.wanted[line] ?? 0 }));
    return { draws, rest: after, target: target - units };
  }
  return { draws: [], rest, target };
}

function decideSplit(share: Share, { lines: [line = 0] }: Block, stage: Stage): Decided {
  const draws: Draw[] = [];
  let { rest, target } = stage;
  for (const place of share.opened.keys()) {
    const units = mostFrom(share, { place, line }, { ...stage, rest, target });
    if (units === 0) continue;
    draws.push({ place, line, units });
    rest = take(share, rest, place, line, units);
    target -= units;
  }
  return { draws, rest, target };
}

/**
 * Most units that the line can draw from one place while the target stays in reach. Every smaller amount
 * keeps it in reach too, so it is found by halving.
 */
function mostFrom(share: Share, { place, line }: Omit<Draw, 'units'>, { undecided, rest, target }: Stage): number {
  const keepsReach = (units: number) =>
    units + mostPossible(share, undecided, take(share, rest, place, line, units)) === target;
  let tooMany = canGive(share, rest, place, line);
  if (tooMany === 0 || keepsReach(tooMany)) return tooMany;
  let fine = 0;
  while (tooMany - fine > 1) {
    const middle = Math.floor((fine + tooMany) / 2);
    if (keepsReach(middle)) fine = middle;
    else tooMany = middle;
  }
  return fine;
}
