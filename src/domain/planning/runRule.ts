import type { PackagingRule } from '../configuration/scenario.js';
import { demandOf, type Demand, type Wanted } from './demand.js';
import { explainRule, skippedRule, type Choice } from './explainRule.js';
import { place, type Ledger } from './ledger.js';
import { priceOf } from './planCase.js';
import type { Budgets, RuleRun } from './ruleRun.js';
import { findRunnerUp, type Contest } from './runnerUp.js';
import { askingOf, screen, screenSteps, type Screening } from './screen.js';
import type { Budget } from './solver/budget.js';
import type { Problem, Solution } from './solver/problem.js';
import { solve } from './solver/solve.js';
import { runTransferable } from './transfers/runTransferable.js';

/** Runs one rule on what is left, and writes what it places into the ledger. */
export function runRule(ledger: Ledger, rule: PackagingRule, { budget, spare }: Budgets): RuleRun {
  const { order } = ledger.input;
  const demand: Demand = demandOf(rule, order, ledger.unplaced);
  if (demand.outcome !== 'sees') return { verdict: skippedRule(rule, demand), bound: null };
  budget.spend(screenSteps(ledger, demand.lines));
  const screening = screen(ledger, askingOf(rule, order), demand.lines);
  if (rule.transferable) return runTransferable(ledger, rule, demand.lines, screening, { budget, spare });
  const problem = problemOf(rule, demand.lines, screening);
  const { solution, isProven, bound } = solve(problem, budget);
  const verdict = explainRule(rule, demand.lines, screening, {
    choice: solution && asChoice(solution),
    isProven,
    contest: solution && contestOf(problem, solution, spare),
  });
  if (solution) write(ledger, rule, demand.lines, screening, solution);
  return { verdict, bound: bound && { rule: rule.name, ...bound } };
}

const asChoice = (solution: Solution): Choice => ({ ...solution, transfers: [] });

function contestOf(problem: Problem, solution: Solution, spare: Budget): Contest<Choice> {
  const { runnerUp, search } = findRunnerUp(problem, solution, spare);
  return { runnerUp: runnerUp && asChoice(runnerUp), search };
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
    notAllOf: [],
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
