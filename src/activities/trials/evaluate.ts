import { differenceOf } from '../../domain/planning/compare/difference.js';
import { figuresOf, sumFigures, type PlanFigures } from '../../domain/planning/compare/figures.js';
import { withDraft } from '../../domain/planning/compare/withDraft.js';
import { OmsError } from '../../platform/errors.js';
import type { Planner } from '../../planner/planner.js';
import type { DecisionRepository } from '../../store/decisions.js';
import type { FreshDecision } from '../../store/freshDecisions.js';
import type { Trial, TrialDifference, TrialProgress } from '../../store/trials.js';

export interface EvaluationDependencies {
  readonly decisions: DecisionRepository;
  readonly planner: Pick<Planner, 'plan'>;
}

/** Where a decision has no budget of its own: the planner's usual one. */
const USUAL_BUDGET_MS = 250;

/** What one page of decisions adds to a trial. */
export interface PageOutcome {
  readonly progress: TrialProgress;
  readonly differences: readonly TrialDifference[];
}

interface Comparison {
  readonly before: PlanFigures;
  readonly after: PlanFigures;
  readonly difference: string | null;
}

/**
 * Plans each decision's own case with the draft in it and compares. One at a time, since a case can be large;
 * what it is compared with is what was decided, not what today's planner would decide.
 */
export async function evaluatePage(
  dependencies: EvaluationDependencies,
  trial: Trial,
  page: readonly FreshDecision[],
): Promise<PageOutcome> {
  const compared: Comparison[] = [];
  const differences: TrialDifference[] = [];
  let skipped = 0;
  for (const decision of page) {
    const comparison = await compare(dependencies, trial, decision);
    if (comparison === 'superseded') continue;
    if (comparison === 'unreadable') {
      skipped++;
      continue;
    }
    compared.push(comparison);
    const { difference } = comparison;
    const { order, n, place } = decision;
    if (difference !== null) differences.push({ order, decision: n, at: place.at, difference });
  }
  return { progress: advanced(trial, { page, compared, skipped, changed: differences.length }), differences };
}

async function compare(
  { decisions, planner }: EvaluationDependencies,
  { draft, version }: Trial,
  fresh: FreshDecision,
): Promise<Comparison | 'superseded' | 'unreadable'> {
  const decision = await decisions.find(fresh.order, fresh.n);
  const plan = decision?.plan;
  const input = decision && (await decisions.caseOf(decision));
  if (!plan || !input) return 'unreadable';
  // The order waited and was planned later: that is what was decided.
  if (plan.answer.outcome === 'no_scenario' && (await decisions.isSuperseded(fresh))) return 'superseded';
  try {
    const budgetMs = plan.input.budgetMs ?? USUAL_BUDGET_MS;
    const answer = await planner.plan(withDraft(input, draft, version), { budgetMs });
    return {
      before: figuresOf(input, plan.answer),
      after: figuresOf(input, answer),
      difference: differenceOf(plan.answer, answer),
    };
  } catch (error) {
    // A planner that does not answer now will answer later; anything else is about this case and stays so.
    if (error instanceof OmsError && error.code === 'service.unavailable') throw error;
    return 'unreadable';
  }
}

interface Counted {
  readonly page: readonly FreshDecision[];
  readonly compared: readonly Comparison[];
  readonly skipped: number;
  readonly changed: number;
}

const advanced = (trial: Trial, { page, compared, skipped, changed }: Counted): TrialProgress => ({
  place: page.at(-1)?.place ?? trial.place,
  compared: trial.compared + compared.length,
  skipped: trial.skipped + skipped,
  changed: trial.changed + changed,
  before: sumFigures([trial.before, ...compared.map(({ before }) => before)]),
  after: sumFigures([trial.after, ...compared.map(({ after }) => after)]),
});
