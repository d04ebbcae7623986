import type { Wanted } from '../demand.js';
import type { Ledger } from '../ledger.js';
import { shareOf, type Budget } from '../solver/budget.js';
import { fewestFor } from '../solver/coverRelaxation.js';
import { fewestPackages } from '../solver/solveCover.js';
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
  const isCover = transferScenario !== null && !isAtOne;
  const fewest = isCover ? fewestFor(needs, gives, budget) : null;
  // A place and its sources are a covering too.
  const least = isCover ? leastSources(locations, needs, gives, budget) : null;
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
    const transfers = units > own ? Math.max(1, fewest?.(rest) ?? 1, least?.(code) ?? 1) : 0;
    return { units, isWhole: units === total, packages: isOpen ? 0 : 1, transfers };
  };
}

/** Share of the budget to find out how few locations have everything together. */
const COVERING = 0.25;

/** Fewest sources of a place, by its code: one less than locations that a covering takes, if it can be one of them. */
function leastSources(
  locations: Ledger['locations'],
  needs: readonly number[],
  gives: readonly (readonly number[])[],
  budget: Budget,
): (code: string) => number {
  const cover = {
    needs,
    weights: needs.map(() => 1),
    gives,
    keys: gives.map(() => []),
    codes: locations.map(({ code }) => code),
    isOpen: gives.map(() => false),
    maxSize: gives.length,
    notAllOf: [],
    isAllowed: null,
  };
  const { packages, mayBelong } = fewestPackages(cover, shareOf(budget, COVERING));
  const placeOf = new Map(locations.map(({ code }, at) => [code, at]));
  return (code) => (mayBelong(placeOf.get(code) ?? 0) ? packages - 1 : packages);
}

const quantityOf = (lines: readonly Wanted[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
