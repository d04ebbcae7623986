import { allocateShared } from './allocateShared.js';
import type { Budget } from './budget.js';
import type { Allocation, Candidate, Problem } from './problem.js';
import type { Component } from './structure.js';

/**
 * Who gives what when exactly these locations are opened: as many units as possible; among those, line by
 * line in order of id, as much as possible from the best-ranked location. There is one such allocation per
 * set of locations.
 *
 * @param chosen Indices of candidates, ascending.
 */
export function allocate(
  problem: Problem,
  components: readonly Component[],
  chosen: readonly number[],
  budget: Budget,
): Allocation {
  const opened = chosen.map((index) => problem.candidates[index]).filter((candidate) => candidate !== undefined);
  const taken = opened.map(() => problem.lines.map(() => 0));
  for (const component of components) {
    if (component.kind === 'draw') draw(problem, component, opened, taken);
    else if (component.kind === 'whole') placeWhole(problem, component, opened, taken);
    else {
      for (const { place, line, units } of allocateShared(problem, component, opened, budget))
        write(taken, place, line, units);
    }
  }
  return taken;
}

/** Units that the location can give to the line, whoever else wants the SKU. */
export function givesTo({ available, refuses }: Candidate, line: number, sku: number): number {
  return refuses?.[line] ? 0 : (available[sku] ?? 0);
}

function draw({ lines }: Problem, component: Component, opened: readonly Candidate[], taken: number[][]): void {
  const [sku = 0] = component.skus;
  const left = opened.map((candidate) => givesTo(candidate, component.lines[0] ?? 0, sku));
  for (const line of component.lines) {
    let wanted = lines[line]?.quantity ?? 0;
    for (const [place, units] of left.entries()) {
      const drawn = Math.min(wanted, units);
      if (drawn === 0) continue;
      wanted -= drawn;
      left[place] = units - drawn;
      write(taken, place, line, drawn);
    }
  }
}

function placeWhole(problem: Problem, component: Component, opened: readonly Candidate[], taken: number[][]): void {
  const place = opened.findIndex((candidate) => holdsAll(problem, component.lines, candidate));
  if (place === -1) return;
  for (const line of component.lines) write(taken, place, line, problem.lines[line]?.quantity ?? 0);
}

/** Whether one location has every unit of these lines. */
export function holdsAll({ lines }: Problem, wanted: readonly number[], candidate: Candidate): boolean {
  const left = [...candidate.available];
  return wanted.every((index) => {
    const line = lines[index];
    if (!line || candidate.refuses?.[index]) return false;
    left[line.sku] = (left[line.sku] ?? 0) - line.quantity;
    return (left[line.sku] ?? 0) >= 0;
  });
}

function write(taken: number[][], place: number, line: number, units: number): void {
  const row = taken[place];
  if (row) row[line] = (row[line] ?? 0) + units;
}
