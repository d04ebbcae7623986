import type { Orchestrator } from '../clients/orchestrator.js';
import type { Trial, TrialRepository } from '../store/trials.js';

/** A trial that moved this lately has a workflow. */
const QUIET_MS = 30_000;
/** How long a trial that is over can be read. */
const KEEP_DAYS = 90;
const DAY_MS = 86_400_000;
const AT_ONCE = 50;

interface Dependencies {
  readonly trials: TrialRepository;
  readonly orchestrator: Pick<Orchestrator, 'startTrial' | 'trialStatus'>;
}

/**
 * Leaves no trial behind: one whose workflow was never begun is begun, one whose workflow has ended without it
 * becomes `failed`, and what has been over for long is thrown away with its differences.
 */
export async function sweepTrials({ trials, orchestrator }: Dependencies, now: Date): Promise<void> {
  const quiet = await trials.quietSince(new Date(now.getTime() - QUIET_MS), AT_ONCE);
  for (const trial of quiet) await revive({ trials, orchestrator }, trial, now);
  await trials.forgetOver(new Date(now.getTime() - KEEP_DAYS * DAY_MS), AT_ONCE);
}

async function revive({ trials, orchestrator }: Dependencies, { id, kind, scenario }: Trial, now: Date): Promise<void> {
  const status = await orchestrator.trialStatus(id, kind);
  if (status === 'RUNNING') return;
  if (status === null) return orchestrator.startTrial(id, kind, scenario);
  await trials.end(id, 'failed', `its workflow ended without a result (${status})`, now);
}
