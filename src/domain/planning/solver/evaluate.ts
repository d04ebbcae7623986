import { addKeys, type RankKey } from '../rank.js';
import { allocate } from './allocate.js';
import type { Budget } from './budget.js';
import { hasAll } from './cover.js';
import type { Allocation, Problem, Solution } from './problem.js';
import type { Component } from './structure.js';

/**
 * The plan that opens exactly these locations, or null where it is not allowed: a location would give nothing,
 * not every unit is placed though it must be, a package is worth too little, or all of `notAllOf` are there.
 *
 * @param chosen Indices of candidates, ascending.
 */
export function evaluate(
  problem: Problem,
  components: readonly Component[],
  chosen: readonly number[],
  budget: Budget,
): Solution | null {
  if (chosen.length === 0 || chosen.length > problem.maxPackages || hasAll(chosen, problem.notAllOf)) return null;
  budget.spend(EVALUATE + 3 * chosen.length * problem.lines.length);
  const allocation = allocate(problem, components, chosen, budget);
  const given = allocation.map((row) => row.reduce((sum, units) => sum + units, 0));
  if (given.includes(0)) return null;
  const units = given.reduce((sum, of) => sum + of, 0);
  if (problem.mustPlaceAll && units < wantedUnits(problem)) return null;
  if (chosen.length > 1 && !areWorthIt(problem, allocation)) return null;
  const opened = chosen.flatMap((index) => problem.candidates[index] ?? []);
  return {
    chosen,
    allocation,
    units,
    packages: opened.filter(({ isOpen }) => !isOpen).length,
    key: opened.map(({ key }) => key).reduce<RankKey>(addKeys, opened[0]?.key.map(() => 0) ?? []),
  };
}

const EVALUATE = 100;

export const wantedUnits = ({ lines }: Problem): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

function areWorthIt({ lines, minPackageValue }: Problem, allocation: Allocation): boolean {
  if (minPackageValue === 0) return true;
  return allocation.every((row) => {
    return row.reduce((sum, units, line) => sum + units * (lines[line]?.price ?? 0), 0) >= minPackageValue;
  });
}
