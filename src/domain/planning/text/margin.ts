import type { Rank } from '../../configuration/scenario.js';
import type { PlanObjective } from '../objective.js';
import { count } from './words.js';

/** By what the winner is better: the first part of the objective in which the two differ, in words. */
export function margin(winner: PlanObjective, other: PlanObjective, criteria: readonly Rank[]): string {
  if (winner.units !== other.units) return instead(count(winner.units, 'unit'), other.units);
  if (winner.packages !== other.packages) return instead(packages(winner), other.packages);
  if (winner.transfers !== other.transfers) return instead(count(winner.transfers, 'transfer'), other.transfers);
  for (const [at, { by }] of criteria.entries()) {
    const [mine, its] = [winner.rank[at] ?? null, other.rank[at] ?? null];
    if (mine === its) continue;
    if (its === null || mine === null) return `its ${NAMES[by]} is known, which the other's is not`;
    return inUnits(by, Math.abs(mine), Math.abs(its));
  }
  return 'all else being equal, the codes decide';
}

const NAMES: Readonly<Record<Rank['by'], string>> = {
  priority: 'priority',
  stock: 'stock',
  density: 'share of the quota',
  distance: 'distance',
  load_age: 'time without work',
};

const packages = ({ packages: many }: PlanObjective): string =>
  many === 0 ? 'no new package' : count(many, 'package');

const instead = (mine: string, its: number | string): string => `${mine} instead of ${its}`;

function inUnits(by: Rank['by'], mine: number, its: number): string {
  switch (by) {
    case 'distance':
      return instead(`${rounded(mine, its)} km`, `${rounded(its, mine)} km`);
    case 'priority':
      return instead(`priority ${mine}`, its);
    case 'stock':
      return instead(`${mine} in stock`, its);
    case 'density':
      return `${instead(`${rounded(mine * 100, its * 100)} %`, `${rounded(its * 100, mine * 100)} %`)} of the quota in use`;
    case 'load_age':
      return `${instead(`${rounded(mine, its)} h`, `${rounded(its, mine)} h`)} since it was last given work`;
  }
}

/** One decimal, or as many as it takes to tell the two apart. */
function rounded(value: number, from: number): number {
  const decimals = [1, 3, 6].find((places) => value.toFixed(places) !== from.toFixed(places)) ?? 6;
  return Number(value.toFixed(decimals));
}
