import type { Budget } from './budget.js';
import { hasAll } from './cover.js';
import { evaluate, wantedUnits } from './evaluate.js';
import type { Answer, Candidate, Problem, Solution } from './problem.js';
import type { Component } from './structure.js';

/**
 * The best-ranked location that holds everything, or null: then no plan is better, since nothing is open
 * already and no plan has fewer packages. Most orders end here. One pass over the candidates.
 */
export function wholeFromOne(problem: Problem, components: readonly Component[], budget: Budget): Solution | null {
  const { candidates, skus } = problem;
  if (candidates.some(({ isOpen }) => isOpen)) return null;
  budget.spend(candidates.length * skus.length);
  const wanted = unitsBySku(problem);
  const isBarred = (at: number) => hasAll([at], problem.notAllOf);
  const at = candidates.findIndex((candidate, index) => holdsEverything(wanted, candidate) && !isBarred(index));
  return at === -1 ? null : evaluate(problem, components, [at], budget);
}

/**
 * The best plan with one package. Candidates come best first, so that one is looked at closely only when it
 * may give more units than the best so far, or as many without a further package. Worst case: all of them.
 */
export function solveSingle(problem: Problem, components: readonly Component[], budget: Budget): Answer {
  const { candidates, skus, mustPlaceAll } = problem;
  budget.spend(candidates.length * skus.length);
  const wanted = unitsBySku(problem);
  const total = wantedUnits(problem);
  let best: Solution | null = null;
  let most = 0;
  for (const [at, candidate] of candidates.entries()) {
    const units = mostUnitsOf(wanted, candidate);
    if (units === 0 || (mustPlaceAll && units < total)) continue;
    most = Math.max(most, units);
    const packages = candidate.isOpen ? 0 : 1;
    if (best && (units < best.units || (units === best.units && packages >= best.packages))) continue;
    const found = evaluate(problem, components, [at], budget);
    if (!found) continue;
    if (!best || found.units > best.units || (found.units === best.units && packages < best.packages)) best = found;
  }
  const isProven = !budget.isSpent();
  return { solution: best, isProven, bound: isProven ? null : { units: most, packages: 0 } };
}

/** Units wanted, by SKU. */
export function unitsBySku({ lines, skus }: Problem): readonly number[] {
  const units = skus.map(() => 0);
  for (const { sku, quantity } of lines) units[sku] = (units[sku] ?? 0) + quantity;
  return units;
}

/** No more than that can come from the candidate. */
export function mostUnitsOf(wanted: readonly number[], { available }: Candidate): number {
  let units = 0;
  for (let sku = 0; sku < wanted.length; sku++) units += Math.min(wanted[sku] ?? 0, available[sku] ?? 0);
  return units;
}

function holdsEverything(wanted: readonly number[], { available, refuses }: Candidate): boolean {
  for (let sku = 0; sku < wanted.length; sku++) if ((available[sku] ?? 0) < (wanted[sku] ?? 0)) return false;
  return !refuses?.includes(true);
}
