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

/** An upper bound: all that is anywhere may come, and one transfer may bring it all. */
export function promiseOf(
  { locations, availability, transferScenario }: Ledger,
  wanted: readonly Wanted[],
  { code, isOpen }: Candidate,
  skus: readonly string[],
): Promise {
  let units = 0;
  let own = 0;
  for (const sku of skus) {
    const lines = wanted.filter(({ line }) => line.sku === sku);
    const need = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const here = lines
      .filter(({ line }) => !availability.isRefused(code, line.id))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const ownUnits = Math.min(here, availability.of(code, sku));
    const elsewhere = transferScenario
      ? locations.reduce((sum, other) => sum + (other.code === code ? 0 : availability.of(other.code, sku)), 0)
      : 0;
    own += ownUnits;
    units += Math.min(need, ownUnits + elsewhere);
  }
  const total = wanted.reduce((sum, { quantity }) => sum + quantity, 0);
  return { units, isWhole: units === total, packages: isOpen ? 0 : 1, transfers: units > own ? 1 : 0 };
}
