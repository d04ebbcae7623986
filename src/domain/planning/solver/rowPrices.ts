import { sliceOf, type Budget } from './budget.js';
import { createCoverIndex } from './coverIndex.js';
import { maximise } from './linearProgram.js';

/**
 * What it is worth to cover a row's residual, as a function of the residual. A function rather than a price,
 * since whole candidates are needed: 5 units that come in threes are worth two candidates, not 5/3.
 */
export interface RowPrices {
  readonly worth: (row: number, units: number) => number;
  readonly of: (residual: readonly number[]) => number;
  /** By row, the worth of every number of units; null where there are too many. For inner loops. */
  readonly tables: readonly (Float64Array | null)[];
}

// The tableau is prices times candidates; beyond this rows are priced by single units only.
const MAX_PRICES = 96;

// Of what is left of the budget: prices are worth nothing without a search that uses them.
const SHARE = 1 / 4;

// A table per row is quicker than adding up terms, and fits into memory up to here.
const MAX_TABLE = 4_096;

/** `units` may be rounded up to whole bundles of `size`: as many bundles are needed, and given. */
interface Term {
  readonly row: number;
  readonly size: number;
}

export interface Pricing {
  readonly prices: RowPrices;
  /** Taken off the worth for every candidate. */
  readonly fee: number;
  /** Worth of all needs. */
  readonly total: number;
}

/**
 * Prices such that what a candidate can take off the worth of a residual is never more than its cost plus the
 * fee, and the worth of the needs less the fee for so many candidates is as large as possible. It is the dual
 * of the covering programme, strengthened by Chvatal-Gomory rounding of its rows: from "units add up to 5"
 * follows "bundles of 3, rounded up, add up to 2".
 *
 * @param costs Ascending.
 * @param limit Candidates in a covering; null when their number is not limited, so that there is no fee.
 */
export function priceRows(
  needs: readonly number[],
  gives: readonly (readonly number[])[],
  costs: readonly number[],
  limit: number | null,
  budget: Budget,
): Pricing {
  const terms = termsOf(needs, gives);
  const binding = undominated(gives, budget);
  const unit = costs.reduce((most, cost) => Math.max(most, cost), 0) || 1;
  const bundles = (units: number, { size }: Term) => Math.ceil(units / size);
  const rows = gives.map((given) => [
    ...terms.map((term) => bundles(given[term.row] ?? 0, term)),
    ...(limit === null ? [] : [-1]),
  ]);
  const objective = [...terms.map((term) => bundles(needs[term.row] ?? 0, term)), ...(limit === null ? [] : [-limit])];
  const programme = {
    objective,
    rows: binding.map((at) => rows[at] ?? []),
    limits: binding.map((at) => (costs[at] ?? 0) / unit),
  };
  budget.spend(2 * gives.length * terms.length);
  const solved = maximise(programme, sliceOf(budget, budget.left() * SHARE)).x;
  const weights = terms.map((_, at) => (solved[at] ?? 0) * unit);
  // Rounding may leave a candidate that is worth a little more than it may be; the fee makes up for it.
  const fee = rows.reduce((most, row, at) => {
    return Math.max(most, weights.reduce((sum, weight, term) => sum + weight * (row[term] ?? 0), 0) - (costs[at] ?? 0));
  }, 0);
  const prices = pricesOf(needs, terms, weights);
  return { prices, fee, total: prices.of(needs) };
}

/** Single units, and the bundles in which candidates give where that rounds something up. */
function termsOf(needs: readonly number[], gives: readonly (readonly number[])[]): Term[] {
  const terms = needs.flatMap((need, row) => {
    const largest = gives.reduce((most, given) => Math.max(most, given[row] ?? 0), 0);
    const sizes = [largest, Math.ceil(need / 2), largest - 1, Math.ceil(largest / 2)];
    const rounding = sizes.filter((size) => size > 1 && need % size !== 0 && need <= MAX_TABLE);
    return [1, ...new Set(rounding)].map((size) => ({ row, size }));
  });
  return terms.length > MAX_PRICES ? terms.filter(({ size }) => size === 1) : terms;
}

/** Candidates to whose limit no other one's, that is no dearer, leads: what a better one obeys, they obey. */
function undominated(gives: readonly (readonly number[])[], budget: Budget): readonly number[] {
  const rows = gives[0]?.length ?? 0;
  budget.spend(gives.length * rows * (4 + gives.length / 256));
  const index = createCoverIndex(gives);
  return gives.flatMap((_, at) => (index.betterThan(at, 1) > 0 ? [] : [at]));
}

function pricesOf(needs: readonly number[], terms: readonly Term[], weights: readonly number[]): RowPrices {
  const worthOf = (row: number, units: number) =>
    terms.reduce(
      (sum, term, at) => (term.row === row ? sum + (weights[at] ?? 0) * Math.ceil(units / term.size) : sum),
      0,
    );
  const tables = needs.map((need, row) =>
    need > MAX_TABLE ? null : Float64Array.from({ length: need + 1 }, (_, units) => worthOf(row, units)),
  );
  const worth = (row: number, units: number) => {
    const table = tables[row];
    return table ? (table[units] ?? 0) : worthOf(row, units);
  };
  return { tables, worth, of: (residual) => residual.reduce((sum, units, row) => sum + worth(row, units), 0) };
}
