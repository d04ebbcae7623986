import { givesTo } from './allocate.js';
import type { Budget } from './budget.js';
import { better } from './compareSolutions.js';
import { solveSingle } from './onePlace.js';
import type { Answer, Candidate, Problem } from './problem.js';
import type { Component } from './structure.js';

/**
 * The best plan where each of several packages has a least value. A location whose goods are worth less, however
 * they are shared out, can only be the one location of a plan: those are looked at one by one, sets are made of
 * the others.
 *
 * @param solveSets Solves the problem with some of its candidates.
 */
export function solveWorthy(
  problem: Problem,
  components: readonly Component[],
  solveSets: (problem: Problem) => Answer,
  budget: Budget,
): Answer {
  const { candidates, notAllOf, minPackageValue } = problem;
  const worthy = [...candidates.keys()].filter((at) => mostWorth(problem, candidates[at]) >= minPackageValue);
  if (worthy.length === candidates.length) return solveSets(problem);
  const one = solveSingle({ ...problem, maxPackages: 1 }, components, budget);
  const places = new Map(worthy.map((at, place) => [at, place]));
  const some = solveSets({
    ...problem,
    candidates: worthy.flatMap((at) => candidates[at] ?? []),
    notAllOf: notAllOf.every((at) => places.has(at)) ? notAllOf.map((at) => places.get(at) ?? 0) : [],
  });
  const set = some.solution && { ...some.solution, chosen: some.solution.chosen.map((at) => worthy[at] ?? 0) };
  const solution = better(problem, one.solution, set);
  const bounds = [one.bound ?? one.solution, some.bound ?? some.solution].filter((bound) => bound !== null);
  const isProven = one.isProven && some.isProven;
  return { solution, isProven, bound: isProven ? null : loosest(bounds) };
}

/** No package of the location is worth more. */
function mostWorth({ lines, skus }: Problem, candidate: Candidate | undefined): number {
  if (!candidate) return 0;
  const [units, prices] = [skus.map(() => 0), skus.map(() => 0)];
  for (const [line, { sku, quantity, price }] of lines.entries()) {
    if (givesTo(candidate, line, sku) === 0) continue;
    units[sku] = (units[sku] ?? 0) + quantity;
    prices[sku] = Math.max(prices[sku] ?? 0, price);
  }
  return units.reduce((sum, of, sku) => sum + Math.min(of, candidate.available[sku] ?? 0) * (prices[sku] ?? 0), 0);
}

type Bound = NonNullable<Answer['bound']>;

/** That none of several kinds of plans is better than. */
const loosest = (bounds: readonly Bound[]): Bound =>
  bounds.reduce(
    (loose, bound) =>
      loose.units > bound.units || (loose.units === bound.units && loose.packages <= bound.packages) ? loose : bound,
    { units: 0, packages: 0 },
  );
