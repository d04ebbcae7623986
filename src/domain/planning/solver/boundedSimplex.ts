import type { Budget } from './budget.js';

/** `cells * x <= limit`, or `=` where it is exact. */
export interface LinearRow {
  readonly cells: Float64Array;
  readonly limit: number;
  readonly isExact: boolean;
}

/**
 * A linear programme in the middle of its solution: minimise costs subject to rows, where each variable lies
 * between 0 and a finite upper bound. Variables are numbered, first those of the programme, then a slack for
 * each row. Basic variables are expressed by the others, each of which stands at one of its bounds.
 */
export interface Tableau {
  /** Variables of the programme, as many as columns. */
  readonly width: number;
  /** By row, its cells; by column. */
  readonly rows: Float64Array[];
  /** By column, the reduced costs. */
  readonly costs: Float64Array;
  /** By row, the basic variable and its value. */
  readonly basis: number[];
  readonly values: number[];
  /** By column, the variable that is not basic, and whether it stands at its upper bound. */
  readonly columns: Int32Array;
  readonly isUpper: Uint8Array;
  /** By variable. */
  readonly upper: number[];
}

/** Every variable at the bound that costs less, so that no price is wrong, and no rows yet. */
export function startTableau(costs: Float64Array, upper: readonly number[]): Tableau {
  return {
    width: costs.length,
    rows: [],
    costs: costs.slice(),
    basis: [],
    values: [],
    columns: Int32Array.from(costs.keys()),
    isUpper: Uint8Array.from(costs, (cost) => (cost < 0 ? 1 : 0)),
    upper: [...upper],
  };
}

/** Adds a row, which may be broken by where the variables stand. */
export function addRow(tableau: Tableau, { cells, limit, isExact }: LinearRow): void {
  const { width, rows, basis, values, columns, isUpper, upper } = tableau;
  const row = new Float64Array(width);
  let value = limit;
  for (let column = 0; column < width; column++) {
    const variable = columns[column] ?? 0;
    const cell = variable < width ? (cells[variable] ?? 0) : 0;
    row[column] = cell;
    if (isUpper[column]) value -= cell * (upper[variable] ?? 0);
  }
  basis.forEach((variable, at) => {
    const factor = variable < width ? (cells[variable] ?? 0) : 0;
    if (factor === 0) return;
    // Where the others stand is in the value of the basic variable already.
    value -= factor * (values[at] ?? 0);
    for (let column = 0; column < width; column++) {
      row[column] = (row[column] ?? 0) - factor * (rows[at]?.[column] ?? 0);
    }
  });
  basis.push(width + rows.length);
  rows.push(row);
  values.push(value);
  upper.push(isExact ? 0 : Infinity);
}

/** Leaves a variable of the programme at 0 for good. */
export function leaveOut(tableau: Tableau, variable: number): void {
  const { columns, isUpper, values, rows, upper } = tableau;
  const column = columns.indexOf(variable);
  const step = column !== -1 && isUpper[column] ? (upper[variable] ?? 0) : 0;
  upper[variable] = 0;
  if (step === 0) return;
  isUpper[column] = 0;
  rows.forEach((row, at) => (values[at] = (values[at] ?? 0) + step * (row[column] ?? 0)));
}

/** Of each variable of the programme. */
export function valuesOf({ width, columns, isUpper, upper, basis, values }: Tableau): Float64Array {
  const found = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    const variable = columns[column] ?? 0;
    if (variable < width && isUpper[column]) found[variable] = upper[variable] ?? 0;
  }
  basis.forEach((variable, row) => {
    if (variable < width) found[variable] = values[row] ?? 0;
  });
  return found;
}

/** Steps of an exchange, and how many cells one step changes. */
const EXCHANGE = 50;
const CELLS_PER_STEP = 6;

const EPSILON = 1e-9;
const BROKEN = 1e-7;

/**
 * The dual simplex method for bounded variables (Lemke 1954, Wagner 1958): the most broken row is mended at the
 * least price, until none is broken. Reduced costs keep their signs, so that wherever it is stopped they bound
 * the optimum.
 *
 * @param budget Charged before each exchange; it may end in between.
 * @returns A row that cannot be mended, so that there is no solution; null otherwise.
 */
export function mend(tableau: Tableau, budget: Budget): number | null {
  const { width, rows, basis, values, upper } = tableau;
  for (;;) {
    const row = brokenRow(tableau);
    if (row === -1) return null;
    const isLow = (values[row] ?? 0) < 0;
    const column = enteringColumn(tableau, row, isLow);
    if (column === -1) return row;
    if (!budget.spend(EXCHANGE + (width * rows.length) / CELLS_PER_STEP)) return null;
    exchange(tableau, row, column, isLow ? 0 : (upper[basis[row] ?? 0] ?? 0));
  }
}

function brokenRow({ basis, values, upper }: Tableau): number {
  let found = -1;
  let most = BROKEN;
  for (let row = 0; row < basis.length; row++) {
    const value = values[row] ?? 0;
    const broken = Math.max(-value, value - (upper[basis[row] ?? 0] ?? 0));
    if (broken <= most) continue;
    found = row;
    most = broken;
  }
  return found;
}

/** The cheapest change that moves the row's value the right way; of equal ones the most effective. */
function enteringColumn({ rows, costs, columns, isUpper, upper }: Tableau, row: number, isLow: boolean): number {
  const cells = rows[row] ?? costs;
  let found = -1;
  let least = Infinity;
  let effect = 0;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column] ?? 0;
    // What raises the value: more of a variable with a negative cell, less of one with a positive cell.
    const size = (isUpper[column] === 1) === isLow ? cell : -cell;
    if (size <= EPSILON || upper[columns[column] ?? 0] === 0) continue;
    const ratio = Math.abs(costs[column] ?? 0) / size;
    if (ratio > least + EPSILON || (ratio > least - EPSILON && size <= effect)) continue;
    found = column;
    effect = size;
    least = ratio;
  }
  return found;
}

/** The row's variable leaves to a bound, the column's takes its place. */
function exchange(tableau: Tableau, row: number, column: number, bound: number): void {
  const { rows, costs, basis, values, columns, isUpper, upper } = tableau;
  const cells = rows[row] ?? costs;
  const pivot = cells[column] ?? 1;
  const leaving = basis[row] ?? 0;
  const entering = columns[column] ?? 0;
  const step = ((values[row] ?? 0) - bound) / pivot;
  for (let j = 0; j < cells.length; j++) cells[j] = (cells[j] ?? 0) / pivot;
  for (let at = 0; at < rows.length; at++) {
    if (at === row) continue;
    const other = rows[at] ?? costs;
    const factor = other[column] ?? 0;
    if (factor === 0) continue;
    values[at] = (values[at] ?? 0) - factor * step;
    subtract(other, cells, factor);
    other[column] = -factor / pivot;
  }
  const price = costs[column] ?? 0;
  if (price !== 0) subtract(costs, cells, price);
  costs[column] = -price / pivot;
  cells[column] = 1 / pivot;
  values[row] = (isUpper[column] ? (upper[entering] ?? 0) : 0) + step;
  basis[row] = entering;
  columns[column] = leaving;
  isUpper[column] = bound > 0 ? 1 : 0;
}

function subtract(from: Float64Array, cells: Float64Array, factor: number): void {
  for (let at = 0; at < from.length; at++) from[at] = (from[at] ?? 0) - factor * (cells[at] ?? 0);
}
