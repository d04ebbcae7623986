import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import type { CoverTable } from './coverTable.js';
import { priceRows, type RowPrices } from './rowPrices.js';

/** Slack for the rounding of floating-point sums: a bound that is this close is not trusted. */
const TOLERANCE = 1e-6;

/** Prices of the rows such that no candidate takes more than one package's worth off any residual. */
export function packagePrices({ needs, gives, isOpen }: Cover, budget: Budget): PackageBound {
  const closed = gives.filter((_, at) => !isOpen[at]);
  const { prices, fee } = priceRows(
    needs,
    closed,
    closed.map(() => 1),
    null,
    budget,
  );
  return { prices, perPackage: 1 + fee };
}

export interface PackageBound {
  readonly prices: RowPrices;
  /** The most that one package can take off a worth. */
  readonly perPackage: number;
}

/** Fewest packages that a worth allows. */
export const packagesFor = ({ perPackage }: PackageBound, worth: number): number =>
  Math.max(0, Math.ceil(worth / perPackage - TOLERANCE));

/** What a residual must still cost in ranks at least, when so many packages are to come. */
export interface RankBound {
  readonly prices: RowPrices;
  /** Taken off the worth for every package. */
  readonly fee: number;
  /** Least rank of a package. */
  readonly least: number;
  /** What rounding can have added to a worth: sums of doubles are exact to more digits than this. */
  readonly doubt: number;
}

/** From the prices at which the packages of one covering can be bought for their ranks. */
export function rankBound(
  { rows, count, needs, gives, isOpen, scalars }: CoverTable,
  packages: number,
  budget: Budget,
): RankBound {
  const closed = Array.from({ length: count }, (_, at) => at).filter((at) => !isOpen[at]);
  const least = closed.reduce((min, at) => Math.min(min, scalars[at] ?? 0), Infinity);
  const costs = closed.map((at) => (scalars[at] ?? 0) - least);
  const given = closed.map((at) => Array.from(gives.subarray(at * rows, (at + 1) * rows)));
  const { prices, fee, total } = priceRows(Array.from(needs), given, costs, packages, budget);
  return { prices, fee, least, doubt: (total + packages * fee) * 1e-12 + TOLERANCE };
}

/** @param worth The residual at the bound's prices. */
export function leastRank({ fee, least, doubt }: RankBound, worth: number, packages: number): number {
  return packages * least + Math.max(0, worth - packages * fee - doubt);
}
