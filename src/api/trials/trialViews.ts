import { loadChanges, summaryOf } from '../../domain/planning/compare/comparison.js';
import type { Trial, TrialDifference, TrialRepository } from '../../store/trials.js';

const SHOWN_DIFFERENCES = 100;

/** The figures side by side, with the first differences. */
async function reportOf(trials: TrialRepository, trial: Trial) {
  const { id, compared, skipped, changed, before, after } = trial;
  const differences: readonly TrialDifference[] =
    changed === 0 ? [] : (await trials.differences(id, { limit: SHOWN_DIFFERENCES })).items;
  return {
    ...{ compared, skipped, changed },
    before: summaryOf(before),
    after: summaryOf(after),
    load: loadChanges(before, after),
    differences,
  };
}

export async function toBacktestView(trials: TrialRepository, trial: Trial) {
  return { ...listed(trial), draft: trial.draft, report: await reportOf(trials, trial) };
}

export function toListedBacktest(trial: Trial) {
  return { ...listed(trial), compared: trial.compared, changed: trial.changed };
}

function listed({ id, scenario, version, state, reason, createdAt, createdBy, updatedAt, ...rest }: Trial) {
  const total = rest.total ?? 0;
  // Decisions that others replaced are dealt with but not compared.
  const done = state === 'finished' ? total : Math.min(total, rest.compared + rest.skipped);
  return { id, scenario, version, state, reason, progress: { done, total }, createdAt, createdBy, updatedAt };
}

/** @param over Why it will end, if it has to and the worker has not looked yet. */
export async function toShadowView(trials: TrialRepository, trial: Trial, over: string | null) {
  const { scenario, number, draft, version, state, reason, place, createdAt, createdBy, updatedAt } = trial;
  return {
    ...{ scenario, number, draft, version },
    enabled: state === 'running' && over === null,
    reason: reason ?? over,
    seenUntil: place.at,
    ...{ createdAt, createdBy, updatedAt },
    report: await reportOf(trials, trial),
  };
}
