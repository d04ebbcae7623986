import { allHandlersFinished, condition, continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';

import { isStoreIdle } from './activities.js';
import type { Continuing } from './messages.js';
import type { Announcement, Outbox } from './outbox.js';
import type { Turns } from './turns.js';

/**
 * Whether the history of this run has grown so long that another one has to take over: when Temporal suggests it, or
 * after so many events as the input says. Stays true once it is.
 */
export function isLongRun({ continueAfterEvents = Infinity }: Continuing): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= continueAfterEvents;
}

/** What carries on for years, in one run after the other. */
interface Lasting {
  readonly input: Continuing;
  /** All that the next run has to know. */
  readonly memory: { announcements: readonly Announcement[] };
  readonly turns: Turns;
  readonly outbox: Outbox;
  /** What a package asks for beside its work. */
  readonly invoicing?: { pause(): void; readonly isQuiet: boolean };
}

/**
 * Ends this run, and begins the next with the same input and all that is known, as soon as nothing is half-way: no
 * command, no activity, no delivery. To be called by the main body between two steps, never by a handler.
 *
 * @param hasWork Something has come up that has to be done first; then it returns without having carried on.
 * @param isReady What has to be so besides.
 */
export async function carryOn(
  { input, memory, turns, outbox, invoicing }: Lasting,
  hasWork: () => boolean,
  isReady: () => boolean = () => true,
): Promise<void> {
  const isAtRest = () =>
    allHandlersFinished() &&
    turns.isFree &&
    isStoreIdle() &&
    outbox.isQuiet &&
    (invoicing?.isQuiet ?? true) &&
    isReady();
  outbox.pause();
  invoicing?.pause();
  await condition(() => hasWork() || isAtRest());
  if (hasWork()) return;
  // In a workflow task of its own. Temporal turns the end of a run down when something has come meanwhile, and with it
  // all that the task has done: a command that was carried out in it would be recorded, and its workflow not know of it.
  await sleep(1);
  if (hasWork() || !isAtRest()) return;
  memory.announcements = outbox.undelivered;
  await continueAsNew(input, memory);
}
