import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { Scenario } from '../domain/configuration/scenario.js';
import { whyShadowEnds } from '../domain/planning/compare/whyShadowEnds.js';
import type { ScenarioRecord } from '../store/scenarios.js';
import type { TrialRepository } from '../store/trials.js';
import { evaluatePage, type EvaluationDependencies } from './trials/evaluate.js';

export interface TrialDependencies extends EvaluationDependencies {
  readonly trials: TrialRepository;
  readonly scenarios: { find(name: string): Promise<ScenarioRecord<Scenario> | null> };
  readonly now: () => Date;
}

export type TrialActivities = ReturnType<typeof createTrialActivities>;

/** A page is lost when its worker dies, so it is small. */
const PAGE = 20;
/** Then others get their turn; the activity comes back where it was. */
const RUN_MS = 60_000;
const NEXT_TURN_MS = 100;
/** How long after a decision its shadow may come. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Tries drafts. All progress lies in the trial itself, so an attempt that dies costs one page, and Temporal's
 * retries are what makes a trial go on: an attempt that has to come back fails and names the time.
 */
export function createTrialActivities(dependencies: TrialDependencies) {
  const { trials, decisions, scenarios, now } = dependencies;
  return {
    /** Goes on with a trial until it has ended. */
    async runTrial({ trial: id }: { readonly trial: string }): Promise<void> {
      const endOfTurn = now().getTime() + RUN_MS;
      for (;;) {
        const trial = await trials.find(id);
        if (trial?.state !== 'running') return;
        const isShadow = trial.kind === 'shadow';
        const over = isShadow ? whyShadowEnds(await scenarios.find(trial.scenario), trial) : null;
        if (over !== null) return void (await trials.end(id, 'finished', over, now()));
        const page = await decisions.freshAfter(trial.place, { until: trial.until, limit: PAGE });
        if (page.length === 0 && !isShadow) {
          return void (await trials.end(id, 'finished', 'every decision is compared', now()));
        }
        if (page.length === 0) throw comeBack('Every decision so far is compared', LOOK_AGAIN_MS);
        const { progress, differences } = await evaluatePage(dependencies, trial, page);
        await trials.advance(trial, progress, differences, now());
        Context.current().heartbeat({ compared: progress.compared, total: trial.total });
        const isLeaving = Context.current().cancellationSignal.aborted;
        if (isLeaving || now().getTime() > endOfTurn) throw comeBack('There is more to compare', NEXT_TURN_MS);
      }
    },
  };
}

/** Not a fault, so it is no error in our logs. */
const comeBack = (message: string, nextRetryDelay: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'trial.not_over',
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay,
  });
