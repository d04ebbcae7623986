import type { RankKey } from '../rank.js';
import type { Budget } from './budget.js';
import type { Cover } from './cover.js';
import { maximise } from './linearProgram.js';

/** Slack for the rounding of floating-point sums: a bound that is this close is not trusted. */
const TOLERANCE = 1e-6;

// The tableau is rows times candidates; beyond this a coarse bound must do.
const MAX_ROWS = 64;

/**
 * Prices of the rows such that no candidate is worth more than one package: what a residual is worth, is the
 * least number of packages that covers it (the dual of the covering programme; any feasible prices bound).
 */
export function packagePrices({ needs, gives, isOpen }: Cover, budget: Budget): readonly number[] {
  const closed = gives.filter((_, at) => !isOpen[at]);
  const worth = (prices: readonly number[]) => closed.reduce((most, row) => Math.max(most, product(prices, row)), 0);
  const solved =
    needs.length > MAX_ROWS
      ? needs.map(() => 1)
      : maximise({ objective: needs, rows: closed, limits: closed.map(() => 1) }, budget).x;
  // Whatever rounding did, after this no candidate is worth more than one.
  const most = worth(solved);
  return most > 0 ? solved.map((price) => price / most) : solved;
}

/** Fewest packages that a worth allows. */
export const packagesFor = (worth: number): number => Math.max(0, Math.ceil(worth - TOLERANCE));

/** What a residual must still cost in ranks at least, when so many candidates are to come. */
export type RankBound = (residual: readonly number[], candidates: number) => number;

/**
 * From the dual of the covering programme with rank as cost and the number of candidates as a limit.
 *
 * @param scalars What each candidate costs, as `scalarsOf` makes them.
 */
export function rankBound(
  { needs, gives }: Cover,
  scalars: readonly number[],
  packages: number,
  budget: Budget,
): RankBound {
  const least = scalars.reduce((min, scalar) => Math.min(min, scalar), Infinity);
  const costs = scalars.map((scalar) => scalar - least);
  const unit = costs.reduce((most, cost) => Math.max(most, cost), 0);
  if (needs.length > MAX_ROWS || unit === 0) return (_, candidates) => candidates * least;
  const { x } = maximise(
    {
      objective: [...needs, -packages],
      rows: gives.map((row) => [...row, -1]),
      limits: costs.map((cost) => cost / unit),
    },
    budget,
  );
  const prices = x.slice(0, -1).map((price) => price * unit);
  // The fee makes the prices feasible whatever rounding did.
  const fee = gives.reduce((most, row, at) => Math.max(most, product(prices, row) - (costs[at] ?? 0)), 0);
  return (residual, candidates) => {
    const worth = product(prices, residual);
    // Sums of a dozen doubles are exact to far more digits than this.
    const doubt = (worth + candidates * fee) * 1e-12 + TOLERANCE;
    return candidates * least + Math.max(0, worth - candidates * fee - doubt);
  };
}

// Sums of so many of these stay exact.
const MAX_SCALAR = 2 ** 44;

/**
 * As many leading components of the keys as fit into one whole number, so that sums of `count` numbers
 * compare as the sums of the keys do as far as they reach.
 */
export function scalarsOf(keys: readonly RankKey[], count: number): number[] {
  let scalars = keys.map(() => 0);
  let range = 1;
  for (let component = 0; component < (keys[0]?.length ?? 0); component++) {
    const values = keys.map((key) => key[component] ?? 0);
    const least = values.reduce((min, value) => Math.min(min, value), Infinity);
    const span = (values.reduce((max, value) => Math.max(max, value), -Infinity) - least) * count + 1;
    if (range * span > MAX_SCALAR) break;
    range *= span;
    scalars = scalars.map((scalar, at) => scalar * span + (values[at] ?? 0) - least);
  }
  return scalars;
}

export function product(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < b.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
