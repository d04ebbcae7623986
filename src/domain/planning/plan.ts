import type { PackagingRule } from '../configuration/scenario.js';
import { chooseScenario } from './chooseScenario.js';
import type { ConsideredScenario, RuleVerdict } from './explanation.js';
import { itemsOf, openLedger, type Ledger } from './ledger.js';
import { packagesOf } from './packagesOf.js';
import type { PlanInput, VersionedScenario } from './planCase.js';
import type { PlanBound, PlannedPackage, PlanResult } from './planResult.js';
import { runRule } from './runRule.js';
import { createBudget } from './solver/budget.js';
import { describePlan } from './text/describePlan.js';

export interface PlanOptions {
  /** Time that planning may take, as steps of an ordinary machine, so that it does not change the answer. */
  readonly budgetMs: number;
}

type Watch = (ledger: Ledger, rule: PackagingRule) => void;

/** Share of the time that is kept for the plans that came second. */
const SPARE_SHARE = 0.1;

/**
 * Distributes an order to locations. Pure and total: the same case gives the same answer byte for byte, in
 * whatever order its lists are, and what has no place is parked, never an exception.
 *
 * The case must be valid: what its schema and `caseFaults` refuse is not planned with meaning.
 *
 * @param watch Told of each rule before it runs, with what the rules before have left; it must not change that.
 */
export function plan(input: PlanInput, { budgetMs }: PlanOptions, watch: Watch = () => undefined): PlanResult {
  const { chosen, considered } = chooseScenario(input.scenarios, input.order);
  if (!chosen) return nothingDecided(considered);
  const transfers = chosen.rules.some(({ transferable }) => transferable)
    ? chooseScenario(input.transferScenarios, input.order)
    : { chosen: null, considered: [] };
  const ledger = openLedger(input, transfers.chosen);
  const budgets = {
    budget: createBudget(budgetMs * (1 - SPARE_SHARE)),
    spare: createBudget(budgetMs * SPARE_SHARE),
  };
  const runs = chosen.rules
    .map((rule) => {
      if (isAllPlaced(ledger)) return null;
      watch(ledger, rule);
      return runRule(ledger, rule, budgets);
    })
    .filter((run) => run !== null);
  return answer(ledger, chosen, {
    scenarios: considered,
    transferScenarios: transfers.considered,
    verdicts: runs.map(({ verdict }) => verdict),
    bound: runs.find(({ bound }) => bound)?.bound ?? null,
  });
}

const isAllPlaced = ({ unplaced }: Ledger): boolean => [...unplaced.values()].every((units) => units === 0);

interface Course {
  readonly scenarios: readonly ConsideredScenario[];
  readonly transferScenarios: readonly ConsideredScenario[];
  readonly verdicts: readonly RuleVerdict[];
  readonly bound: PlanBound | null;
}

function answer(
  ledger: Ledger,
  { name, version, defaultLocation, ...scenario }: VersionedScenario,
  { scenarios, transferScenarios, verdicts, bound }: Course,
): PlanResult {
  const packages = packagesOf(ledger, { name, defaultLocation, ...scenario });
  const parked = itemsOf(ledger.unplaced, ledger.input.order.lines);
  const outcome = packages.length === 0 ? 'parked' : parked.length === 0 ? 'planned' : 'partially_planned';
  const explanation = { scenarios, transferScenarios, defaultLocation, rules: verdicts };
  const planned = { scenario: { name, version }, packages, parked };
  return {
    outcome,
    ...planned,
    optimal: verdicts.every(({ optimal }) => optimal),
    ...(bound ? { bound } : {}),
    objective: {
      units: unitsIn(packages),
      packages: packages.length,
      transfers: packages.reduce((sum, { transfers }) => sum + transfers.length, 0),
      rank: verdicts.findLast(({ objective }) => objective)?.objective?.rank ?? [],
    },
    explanation: { text: describePlan({ ...planned, explanation }), ...explanation },
  };
}

const unitsIn = (packages: readonly PlannedPackage[]): number =>
  packages.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);

function nothingDecided(considered: readonly ConsideredScenario[]): PlanResult {
  const explanation = { scenarios: considered, transferScenarios: [], defaultLocation: null, rules: [] };
  const nothing = { scenario: null, packages: [], parked: [] };
  return {
    outcome: 'no_scenario',
    ...nothing,
    optimal: true,
    objective: { units: 0, packages: 0, transfers: 0, rank: [] },
    explanation: { text: describePlan({ ...nothing, explanation }), ...explanation },
  };
}
