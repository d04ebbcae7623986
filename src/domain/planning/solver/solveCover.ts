import { sliceOf, type Budget } from './budget.js';
import { restrict, type Cover } from './cover.js';
import { packagePrices, packagesFor, type PackageBound } from './coverBounds.js';
import { greedyCover } from './coverGreedy.js';
import { createCoverIndex } from './coverIndex.js';
import { searchBeam } from './coverBeam.js';
import { offer, searchCover, startCoverSearch, startLabel, weigh, type CoverSearch } from './coverSearch.js';
import { createCoverTable } from './coverTable.js';

export interface CoverAnswer {
  /** Candidates, ascending. */
  readonly chosen: readonly number[] | null;
  /** No covering has fewer packages. */
  readonly leastPackages: number;
  /** The covering is the best, or there is none. */
  readonly isProven: boolean;
}

/** Partial choices that the beam keeps: little for a start, more where the search gave up. */
const BEAM = { first: 16, last: 48, tries: 2, effort: 40 };

/**
 * The best covering: the number of packages is raised from its lower bound until one is found, so that the
 * first that is found has the fewest.
 */
export function solveCover(cover: Cover, budget: Budget): CoverAnswer {
  const { gives, needs } = cover;
  const rows = needs.length;
  const bound = packagePrices(cover, budget);
  const most = Math.min(cover.isOpen.filter((isOpen) => !isOpen).length, cover.maxSize);
  for (let packages = packagesFor(bound, worthOf(cover, bound)); packages <= most; packages++) {
    budget.spend((gives.length * rows * gives.length) / 128);
    const useful = usefulFor(cover, packages);
    const { best, isComplete } = solveWith(restrict(cover, useful), bound, packages, budget);
    const chosen = best && best.flatMap((at) => useful[at] ?? []);
    if (!isComplete)
      return chosen
        ? { chosen, leastPackages: packages, isProven: false }
        : guess(cover, bound, packages, budget.isSpent() ? sliceOf(budget.reserve, budget.reserve.left() / 2) : budget);
    if (chosen) return { chosen, leastPackages: packages, isProven: true };
  }
  return { chosen: null, leastPackages: Infinity, isProven: true };
}

/** What is left when everything that is open already has given, in packages. */
function worthOf({ needs, gives, isOpen }: Cover, bound: PackageBound): number {
  const opened = gives.filter((_, at) => isOpen[at]);
  return needs.reduce((worth, need, row) => {
    const rest = need - opened.reduce((sum, of) => sum + (of[row] ?? 0), 0);
    return worth + bound.prices.worth(row, Math.max(0, rest));
  }, 0);
}

function solveWith(cover: Cover, bound: PackageBound, packages: number, budget: Budget) {
  const search = startCoverSearch(cover, createCoverTable(cover, packages), bound, packages, budget);
  searchBeam(search, BEAM.first, budget);
  const left = stillPossible(search);
  const inner = restrict(cover, left);
  const exact = startCoverSearch(inner, createCoverTable(inner, packages), bound, packages, budget);
  if (search.best) {
    const places = search.best.map((at) => left.indexOf(at));
    if (!places.includes(-1)) offer(exact, places);
  }
  // With nothing in hand, part of the budget is kept for finding something with more packages.
  const isComplete = searchCover(exact, exact.best ? budget : sliceOf(budget, budget.left() / 2));
  const best = exact.best?.flatMap((at) => left[at] ?? []) ?? search.best;
  return { best, isComplete };
}

/** Candidates that can be part of a covering which is at least as good as the best so far. */
function stillPossible(search: CoverSearch): number[] {
  const start = startLabel(search);
  const members = new Set(search.best);
  return search.cover.gives.flatMap((_, at) => {
    if (members.has(at) || search.table.isOpen[at]) return [at];
    return weigh(search, start, at, 0) ? [at] : [];
  });
}

/** Without proof: what greedy choice finds, and beams with fewer and fewer packages as long as they find any. */
function guess(cover: Cover, bound: PackageBound, from: number, reserve: Budget): CoverAnswer {
  let chosen = greedyCover(cover, bound.prices, reserve);
  const walked = chosen ? chosen.filter((at) => !cover.isOpen[at]).length : from + 1;
  const useful = usefulFor(cover, walked);
  const inner = restrict(cover, useful);
  const level = useful.length * (BEAM.effort + cover.needs.length);
  const width = Math.min(BEAM.last, Math.max(2, Math.floor(reserve.left() / (BEAM.tries * walked * level))));
  for (let packages = walked - 1; packages >= from && !reserve.isSpent(); packages--) {
    const search = startCoverSearch(inner, createCoverTable(inner, packages), bound, packages, reserve);
    searchBeam(search, width, reserve);
    if (!search.best) break;
    chosen = search.best.flatMap((at) => useful[at] ?? []);
  }
  return { chosen, leastPackages: from, isProven: false };
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
