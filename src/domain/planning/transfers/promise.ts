import type { Wanted } from '../demand.js';
import type { Ledger } from '../ledger.js';
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
 * What each packing location can do at best: all that is anywhere may come, and one transfer may bring it all.
 * Units are added up once for all locations.
 */
export function createPromises(
  { locations, availability, transferScenario }: Ledger,
  wanted: readonly Wanted[],
  skus: readonly string[],
): (candidate: Candidate) => Promise {
  const total = wanted.reduce((sum, { quantity }) => sum + quantity, 0);
  const bySku = skus.map((sku) => {
    const lines = wanted.filter(({ line }) => line.sku === sku);
    const everywhere = locations.reduce((sum, { code }) => sum + availability.of(code, sku), 0);
    return { sku, lines, need: quantityOf(lines), everywhere };
  });
  return ({ code, isOpen, refuses }) => {
    let units = 0;
    let own = 0;
    for (const { sku, lines, need, everywhere } of bySku) {
      const has = availability.of(code, sku);
      const here = refuses ? quantityOf(lines.filter(({ line }) => !availability.isRefused(code, line.id))) : need;
      const ownUnits = Math.min(here, has);
      own += ownUnits;
      units += Math.min(need, ownUnits + (transferScenario ? everywhere - has : 0));
    }
    return { units, isWhole: units === total, packages: isOpen ? 0 : 1, transfers: units > own ? 1 : 0 };
  };
}

const quantityOf = (lines: readonly Wanted[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
