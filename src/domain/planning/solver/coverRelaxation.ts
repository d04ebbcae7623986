import { addRow, leaveOut, mend, startTableau, valuesOf, type LinearRow, type Tableau } from './boundedSimplex.js';
import type { Budget } from './budget.js';
import { brokenBundles, joined, largestOf, linearRows, type Part } from './coverPart.js';

/** The linear relaxation of a part, from which candidates can be left out one after the other. */
export interface Relaxation {
  readonly part: Part;
  readonly costs: Float64Array;
  readonly rows: LinearRow[];
  readonly tableau: Tableau;
}

/** What no choice can fall below; by candidate, what it costs beside that to choose it. */
export interface Bound {
  /** Infinity when there is no choice at all. */
  readonly value: number;
  readonly reduced: Float64Array;
}

export function relax(part: Part): Relaxation {
  const costs = joined(part.goal.of, part.goal.lacks);
  const largest = largestOf(costs);
  const upper = [...new Array<number>(part.places.length).fill(1), ...(part.goal.lacks ? part.needs : [])];
  const tableau = startTableau(
    costs.map((cost) => cost / largest),
    upper,
  );
  const rows = linearRows(part);
  for (const row of rows) addRow(tableau, row);
  return { part, costs, rows, tableau };
}

export const without = ({ tableau }: Relaxation, at: number): void => leaveOut(tableau, at);

export const isLeftOut = ({ tableau }: Relaxation, at: number): boolean => tableau.upper[at] === 0;

export const sharesOf = ({ tableau }: Relaxation): Float64Array => valuesOf(tableau);

/** How often rows that shares break are added, and the programme solved again. */
const ROUNDS = 4;

/**
 * Solves the relaxation and bounds the part by its prices. Any prices bound (the Lagrangian), and what they say
 * is worked out from the rows themselves, so that no rounding of the simplex method makes it wrong.
 */
export function boundOf(relaxation: Relaxation, budget: Budget): Bound {
  const { part, rows, tableau } = relaxation;
  let broken = mend(tableau, budget);
  for (let round = 0; round < ROUNDS && broken === null; round++) {
    const bundles = brokenBundles(part, valuesOf(tableau));
    if (bundles.length === 0) break;
    for (const row of bundles) {
      rows.push(row);
      addRow(tableau, row);
    }
    broken = mend(tableau, budget);
  }
  budget.spend(tableau.width * (1 + rows.length / 2));
  if (broken !== null) {
    const none = lagrangian(relaxation, false, refutation(relaxation, broken));
    if (none.value > 0) return { value: Infinity, reduced: none.reduced };
  }
  const bound = lagrangian(relaxation, true, pricesOf(relaxation));
  return { ...bound, value: part.paid + bound.value };
}

/**
 * Fewest candidates that cover so much, for residuals that are no more than the needs of the cover: any prices of
 * rows bound them all, and those of the whole bound most of them well.
 *
 * @param gives By candidate, then by row.
 */
export function fewestFor(
  needs: readonly number[],
  gives: readonly (readonly number[])[],
  budget: Budget,
): (residual: readonly number[]) => number {
  const some = gives.filter((of) => of.some((units) => units > 0));
  const part: Part = {
    places: Int32Array.from(some.keys()),
    rows: Int32Array.from(needs.keys()),
    needs: Float64Array.from(needs),
    gives: Float64Array.from(some.flat()),
    goal: { of: new Float64Array(some.length).fill(1), lacks: null },
    limits: [],
    ones: [],
    paid: 0,
  };
  const relaxation = relax(part);
  mend(relaxation.tableau, budget);
  const prices = pricesOf(relaxation);
  // What the candidates are worth beyond 1 is taken off, whatever the residual.
  const excess = lagrangian(relaxation, true, prices).value - worthOf(relaxation, prices, needs);
  return (residual) => Math.max(0, Math.ceil(worthOf(relaxation, prices, residual) + excess));
}

/** Units at the prices of the rows, whose limits are the needs, each in a scale of its own. */
function worthOf({ rows, part }: Relaxation, prices: Float64Array, units: readonly number[]): number {
  return units.reduce((sum, of, row) => {
    const need = part.needs[row] ?? 0;
    return need > 0 ? sum + ((prices[row] ?? 0) * (rows[row]?.limit ?? 0) * of) / need : sum;
  }, 0);
}

/** Prices of the rows: none is paid for a row that is not exhausted. */
function pricesOf({ rows, costs, tableau }: Relaxation): Float64Array {
  const prices = new Float64Array(rows.length);
  const largest = largestOf(costs);
  for (let column = 0; column < tableau.width; column++) {
    const row = (tableau.columns[column] ?? 0) - tableau.width;
    if (row < 0) continue;
    const price = -(tableau.costs[column] ?? 0) * largest;
    prices[row] = rows[row]?.isExact ? price : Math.min(0, price);
  }
  return prices;
}

/** The combination of rows that contradicts itself (Farkas 1902), as prices. */
function refutation({ rows, tableau }: Relaxation, broken: number): Float64Array {
  const prices = new Float64Array(rows.length);
  const sign = (tableau.values[broken] ?? 0) < 0 ? -1 : 1;
  const note = (variable: number, cell: number) => {
    const row = variable - tableau.width;
    if (row >= 0) prices[row] = rows[row]?.isExact ? sign * cell : Math.min(0, sign * cell);
  };
  note(tableau.basis[broken] ?? 0, 1);
  for (let column = 0; column < tableau.width; column++) {
    note(tableau.columns[column] ?? 0, tableau.rows[broken]?.[column] ?? 0);
  }
  return prices;
}

/** Sums of doubles are exact to more digits than this. */
const ROUNDING = 1e-12;
const TOLERANCE = 1e-6;

function lagrangian({ rows, costs, tableau }: Relaxation, isPriced: boolean, prices: Float64Array): Bound {
  const reduced = isPriced ? costs.slice() : new Float64Array(costs.length);
  let value = 0;
  let size = 0;
  rows.forEach(({ cells, limit }, row) => {
    const price = prices[row] ?? 0;
    if (price === 0) return;
    value += price * limit;
    size += Math.abs(price * limit);
    for (let at = 0; at < reduced.length; at++) reduced[at] = (reduced[at] ?? 0) - price * (cells[at] ?? 0);
  });
  for (let at = 0; at < reduced.length; at++) {
    const cost = (reduced[at] ?? 0) * (tableau.upper[at] ?? 0);
    if (cost >= 0) continue;
    value += cost;
    size -= cost;
  }
  return { value: value - size * ROUNDING - TOLERANCE, reduced };
}
