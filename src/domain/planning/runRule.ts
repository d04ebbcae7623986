import type { PackagingRule } from '../configuration/scenario.js';
import { demandOf, type Demand, type Wanted } from './demand.js';
import { explainRule, skippedRule } from './explainRule.js';
import type { RuleVerdict } from './explanation.js';
import { place, type Ledger } from './ledger.js';
import { priceOf } from './planCase.js';
import type { PlanBound } from './planResult.js';
import { screen, type Screening } from './screen.js';
import type { Budget } from './solver/budget.js';
import type { Problem, Solution } from './solver/problem.js';
import { solve } from './solver/solve.js';

export interface RuleRun {
  readonly verdict: RuleVerdict;
  readonly bound: PlanBound | null;
}

const NO_TRANSFERS = { outcome: 'nothing_fits', detail: 'transferable rules are not planned by this version' } as const;

/** Runs one rule on what is left, and writes what it places into the ledger. */
export function runRule(ledger: Ledger, rule: PackagingRule, budget: Budget): RuleRun {
  const demand: Demand = demandOf(rule, ledger.input.order, ledger.unplaced);
  if (demand.outcome !== 'sees') return { verdict: skippedRule(rule, demand), bound: null };
  if (rule.transferable) return { verdict: skippedRule(rule, NO_TRANSFERS), bound: null };
  const screening = screen(ledger, rule, demand.lines);
  const { solution, isProven, bound } = solve(problemOf(rule, demand.lines, screening), budget);
  const verdict = explainRule(rule, demand.lines, screening, { solution, isProven });
  if (solution) write(ledger, rule, demand.lines, screening, solution);
  return { verdict, bound: bound && { rule: rule.name, ...bound } };
}

function problemOf(rule: PackagingRule, wanted: readonly Wanted[], { skus, candidates }: Screening): Problem {
  return {
    lines: wanted.map(({ line, quantity }) => ({
      id: line.id,
      sku: skus.indexOf(line.sku),
      quantity,
      price: priceOf(line),
      group: line.keepTogetherGroup ?? null,
    })),
    skus,
    candidates,
    mustPlaceAll: rule.strategy !== 'partial',
    maxPackages: rule.strategy === 'single' ? 1 : (rule.maxPackages ?? Infinity),
    minPackageValue: rule.minPackageValue ?? 0,
    allowLineSplit: rule.allowLineSplit ?? true,
  };
}

function write(
  ledger: Ledger,
  { name }: PackagingRule,
  wanted: readonly Wanted[],
  { candidates }: Screening,
  { chosen, allocation }: Solution,
): void {
  for (const [index, candidate] of chosen.entries()) {
    const location = candidates[candidate]?.code ?? '';
    for (const [position, { line }] of wanted.entries()) {
      const units = allocation[index]?.[position] ?? 0;
      if (units > 0) place(ledger, { location, rule: name, source: location }, line, units);
    }
  }
}
