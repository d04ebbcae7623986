import type { Budget } from './budget.js';

/** Maximise `objective * x` subject to `rows * x <= limits` and `x >= 0`; every limit is at least 0. */
export interface LinearProgram {
  readonly objective: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly limits: readonly number[];
}

export interface LinearOptimum {
  readonly x: readonly number[];
  /** Price of each row. */
  readonly duals: readonly number[];
}

const EPSILON = 1e-9;

/**
 * The simplex method on a condensed tableau (Dantzig 1951), with Bland's rule after a while so that it
 * cannot cycle. It starts at 0 and every step stays feasible, so that an answer that the budget cut short
 * is still a solution, only not the best.
 */
export function maximise({ objective, rows, limits }: LinearProgram, budget: Budget): LinearOptimum {
  const width = objective.length + 1;
  const table = new Float64Array(width * (rows.length + 1));
  rows.forEach((row, at) => {
    table.set(row, at * width);
    table[at * width + width - 1] = limits[at] ?? 0;
  });
  const last = rows.length * width;
  objective.forEach((value, at) => (table[last + at] = -value));
  // Variables are numbered first, then the slacks of the rows.
  const columns = objective.map((_, at) => at);
  const basis = rows.map((_, at) => objective.length + at);

  const patience = 20 * (objective.length + 1);
  for (let step = 0; budget.spend((width * rows.length) / 5); step++) {
    const column = enteringColumn(table, last, columns, step > patience);
    if (column === -1) break;
    const row = leavingRow(table, width, rows.length, column);
    if (row === -1) break;
    pivot(table, width, rows.length, { row, column });
    [columns[column], basis[row]] = [basis[row] ?? 0, columns[column] ?? 0];
  }

  const x = objective.map(() => 0);
  basis.forEach((variable, at) => {
    if (variable < x.length) x[variable] = Math.max(0, table[at * width + width - 1] ?? 0);
  });
  const duals = rows.map(() => 0);
  columns.forEach((variable, at) => {
    if (variable >= x.length) duals[variable - x.length] = Math.max(0, table[last + at] ?? 0);
  });
  return { x, duals };
}

function enteringColumn(table: Float64Array, last: number, columns: readonly number[], byBland: boolean): number {
  let best = -1;
  for (let at = 0; at < columns.length; at++) {
    const price = table[last + at] ?? 0;
    if (price >= -EPSILON) continue;
    if (best === -1) best = at;
    else if (byBland ? (columns[at] ?? 0) < (columns[best] ?? 0) : price < (table[last + best] ?? 0)) best = at;
  }
  return best;
}

function leavingRow(table: Float64Array, width: number, height: number, column: number): number {
  let best = -1;
  let bestRatio = Infinity;
  for (let row = 0; row < height; row++) {
    const entry = table[row * width + column] ?? 0;
    if (entry <= EPSILON) continue;
    const ratio = (table[row * width + width - 1] ?? 0) / entry;
    if (ratio < bestRatio) {
      best = row;
      bestRatio = ratio;
    }
  }
  return best;
}

/** Swaps the column's variable with the row's. */
function pivot(table: Float64Array, width: number, height: number, at: { row: number; column: number }): void {
  const start = at.row * width;
  const divisor = table[start + at.column] ?? 1;
  for (let j = 0; j < width; j++) table[start + j] = (table[start + j] ?? 0) / divisor;
  table[start + at.column] = 1 / divisor;
  for (let i = 0; i <= height; i++) {
    const factor = table[i * width + at.column] ?? 0;
    if (i === at.row || factor === 0) continue;
    for (let j = 0; j < width; j++) {
      const index = i * width + j;
      table[index] = j === at.column ? -factor / divisor : (table[index] ?? 0) - factor * (table[start + j] ?? 0);
    }
  }
}
