import type { Wanted } from '../demand.js';
import type { Ledger } from '../ledger.js';
import type { Budget } from '../solver/budget.js';
import { fewestFor } from '../solver/coverRelaxation.js';
import type { Candidate } from '../solver/problem.js';

/** What a packing location can do at best, before anything is looked at closely. */
export interface Promise {
  readonly units: number;
  /** Every unit that is wanted. */
  readonly isWhole: boolean;
  readonly packages: number;
  /** Fewest transfers for that many units. */
  readonly transfers: number;
}

/**
 * What each packing location can do at best: all that is anywhere may come, in as few transfers as any locations
 * need for so much. Units are added up and priced once for all locations.
 */
export function createPromises(
  { locations, availability, transferScenario }: Ledger,
  wanted: readonly Wanted[],
  skus: readonly string[],
  budget: Budget,
): (candidate: Candidate) => Promise {
  const total = wanted.reduce((sum, { quantity }) => sum + quantity, 0);
  const bySku = skus.map((sku) => {
    const lines = wanted.filter(({ line }) => line.sku === sku);
    const everywhere = locations.reduce((sum, { code }) => sum + availability.of(code, sku), 0);
    return { sku, lines, need: quantityOf(lines), everywhere };
  });
  const needs = bySku.map(({ need, everywhere }) => Math.min(need, everywhere));
  const gives = locations.map(({ code }) =>
    skus.map((sku, at) => Math.min(needs[at] ?? 0, availability.of(code, sku))),
  );
  budget.spend(2 * locations.length * skus.length);
  // Where one location has it all, one transfer is enough.
  const isAtOne = gives.some((of) => of.every((units, at) => units === needs[at]));
  const fewest = transferScenario && !isAtOne ? fewestFor(needs, gives, budget) : null;
  return ({ code, isOpen, refuses }) => {
    const rest: number[] = [];
    let units = 0;
    let own = 0;
    for (const { sku, lines, need, everywhere } of bySku) {
      const has = availability.of(code, sku);
      const here = refuses ? quantityOf(lines.filter(({ line }) => !availability.isRefused(code, line.id))) : need;
      const ownUnits = Math.min(here, has);
      own += ownUnits;
      const most = Math.min(need, ownUnits + (transferScenario ? everywhere - has : 0));
      rest.push(most - ownUnits);
      units += most;
    }
    const transfers = units > own ? Math.max(1, fewest?.(rest) ?? 1) : 0;
    return { units, isWhole: units === total, packages: isOpen ? 0 : 1, transfers };
  };
}

const quantityOf = (lines: readonly Wanted[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
