import type { Budget } from './budget.js';
import { restrict, type Cover } from './cover.js';
import { packagePrices, packagesFor, product } from './coverBounds.js';
import { createCoverIndex } from './coverIndex.js';
import { searchCover, type Covering } from './coverSearch.js';

export interface CoverAnswer {
  readonly covering: Covering | null;
  /** No covering has fewer packages. */
  readonly leastPackages: number;
  /** The covering is the best, or there is none. */
  readonly isProven: boolean;
}

/**
 * The best covering: the number of packages is raised from its lower bound until one is found, so that the
 * first that is found has the fewest.
 */
export function solveCover(cover: Cover, budget: Budget): CoverAnswer {
  const prices = packagePrices(cover, budget);
  const closed = cover.isOpen.filter((isOpen) => !isOpen).length;
  const opened = cover.gives.filter((_, at) => cover.isOpen[at]);
  const rest = cover.needs.map((need, row) => Math.max(0, need - opened.reduce((sum, of) => sum + (of[row] ?? 0), 0)));
  for (let packages = packagesFor(product(prices, rest)); packages <= Math.min(closed, cover.maxSize); packages++) {
    const useful = usefulFor(cover, packages);
    const found = searchCover(restrict(cover, useful), packages, prices, null, budget);
    const covering = found && { ...found, chosen: found.chosen.flatMap((at) => useful[at] ?? []) };
    if (budget.isSpent()) return { covering, leastPackages: packages, isProven: false };
    if (covering) return { covering, leastPackages: packages, isProven: true };
  }
  return { covering: null, leastPackages: Infinity, isProven: true };
}

/**
 * Without candidates that give nothing, and those for which there are as many better ones as packages: in
 * any covering one of the better ones is unused and can take the place.
 */
function usefulFor({ gives, isOpen }: Cover, packages: number): number[] {
  const giving = gives.flatMap((of, at) => (of.some((units) => units > 0) ? [at] : []));
  const closed = giving.filter((at) => !isOpen[at]);
  // Open ones do not count as better: a covering can have them beside the packages.
  const index = createCoverIndex(closed.map((at) => gives[at] ?? []));
  const beaten = new Set(closed.filter((_, place) => index.betterThan(place, packages) >= packages));
  return giving.filter((at) => !beaten.has(at));
}
