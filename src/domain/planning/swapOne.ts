import type { Budget } from './solver/budget.js';
import { compareSolutions } from './solver/compareSolutions.js';
import { evaluate } from './solver/evaluate.js';
import type { Problem, Solution } from './solver/problem.js';
import { componentsOf } from './solver/structure.js';

/** Replacements of one location that are looked at closely: what they bring is estimated before. */
const TRIED = 4;

/** The best plan with one chosen location less, or with another one in its place, as far as a quick look can tell. */
export function swapOne(problem: Problem, best: Solution, budget: Budget): Solution | null {
  const components = componentsOf(problem);
  let found: Solution | null = null;
  for (const gone of best.chosen) {
    const rest = best.chosen.filter((at) => at !== gone);
    for (const chosen of [rest, ...replacements(problem, best, rest).map((at) => [...rest, at])]) {
      const plan = evaluate(
        problem,
        components,
        chosen.toSorted((a, b) => a - b),
        budget,
      );
      if (plan && (!found || compareSolutions(plan, found, problem.candidates) < 0)) found = plan;
    }
  }
  return found;
}

/** Those that bring most of what the rest lacks, then those that make no new package, then by rank. */
function replacements({ candidates, lines, skus }: Problem, best: Solution, rest: readonly number[]): number[] {
  const kept = rest.flatMap((at) => candidates[at] ?? []);
  const lack = skus.map((_, sku) => {
    const wanted = lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
    return Math.max(0, wanted - kept.reduce((sum, { available }) => sum + (available[sku] ?? 0), 0));
  });
  const chosen = new Set(best.chosen);
  const offers = candidates.flatMap(({ available, isOpen }, at) => {
    if (chosen.has(at)) return [];
    const brings = lack.reduce((sum, units, sku) => sum + Math.min(units, available[sku] ?? 0), 0);
    return { at, brings, isOpen };
  });
  offers.sort((a, b) => b.brings - a.brings || Number(b.isOpen) - Number(a.isOpen) || a.at - b.at);
  return offers.slice(0, TRIED).map(({ at }) => at);
}
