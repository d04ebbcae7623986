import type { Budget } from './budget.js';
import type { CoverTable } from './coverTable.js';
import { maximise } from './linearProgram.js';

/** How many units of the order at most a residual can still get from so many candidates. */
export interface MostBound {
  /** Units that a row may get without a candidate being charged, per unit of its residual. */
  readonly free: Float64Array;
  /** The most that one candidate gives beyond that. */
  readonly perCandidate: number;
}

const MAX_ROWS = 64;
const TOLERANCE = 1e-6;

/**
 * The Lagrangian of maximum coverage: every unit is paid partly by its row, partly by the candidate that
 * gives it; the best split is the dual of the linear relaxation, and any split bounds.
 */
export function mostBound(
  { rows, count, needs, gives }: CoverTable,
  weights: readonly number[],
  size: number,
  budget: Budget,
): MostBound {
  const given = Array.from({ length: count }, (_, at) => Array.from(gives.subarray(at * rows, (at + 1) * rows)));
  const charged = rows > MAX_ROWS || size >= count ? weights.map(() => 0) : solve(given, needs, weights, size, budget);
  const perCandidate = given.reduce((most, row) => {
    return Math.max(
      most,
      row.reduce((sum, units, at) => sum + units * (charged[at] ?? 0), 0),
    );
  }, 0);
  return { free: Float64Array.from(weights, (weight, at) => weight - (charged[at] ?? 0)), perCandidate };
}

function solve(
  given: number[][],
  needs: Float64Array,
  weights: readonly number[],
  size: number,
  budget: Budget,
): number[] {
  const { x } = maximise(
    {
      objective: [...needs, -size],
      rows: [
        ...given.map((row) => [...row, -1]),
        ...weights.map((_, at) => [...weights, 0].map((_w, i) => (i === at ? 1 : 0))),
      ],
      // A trace of slack, each another, keeps the method from standing still at 0.
      limits: [...given.map((_, at) => 1e-7 * (1 + (at % 97))), ...weights],
    },
    budget,
  );
  return weights.map((weight, at) => Math.min(weight, x[at] ?? 0));
}

/** @param freeWorth The residual at the prices `free`. */
export const mostUnitsFor = ({ perCandidate }: MostBound, freeWorth: number, candidates: number): number =>
  Math.floor(freeWorth + candidates * perCandidate + TOLERANCE);
