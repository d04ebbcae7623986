import { setTimeout as pause } from 'node:timers/promises';

import { OmsError } from '../../platform/errors.js';
import { violationId, type Violation } from '../../domain/verify/books.js';
import type { Target } from './targets.js';

/** Looked at side by side: enough to keep both servers busy, few enough to leave room for the work itself. */
const AT_ONCE = 8;
const LOOK_AGAIN_AFTER_MS = 1_000;
const TELL_EVERY = 500;

/** When so many do not answer, nobody does. */
const MOST_UNANSWERED = 20;

/** More than that is no matter of single violations. */
const MOST_SUSPECTS = 2_000;

export interface Found {
  readonly looked: number;
  readonly violations: readonly Violation[];
  /** False when there were too many suspects to go on. */
  readonly isComplete: boolean;
}

interface Suspect {
  readonly target: Target;
  violations: readonly Violation[];
}

/**
 * Looks at every target once, and at those that looked wrong again and again until the grace is over. What
 * moves is read piece by piece and may look wrong for a moment; only what stays wrong is reported.
 *
 * @throws {OmsError} `service.unavailable` when nobody answers.
 * @param graceMs Time for a reservation to follow its item, and for every other step to end.
 */
export async function verify(
  targets: AsyncIterable<Target>,
  { graceMs, tell }: { readonly graceMs: number; readonly tell: (progress: string) => void },
): Promise<Found> {
  const suspects: Suspect[] = [];
  let looked = 0;
  let unanswered = 0;
  const all = targets[Symbol.asyncIterator]();
  const lane = async (): Promise<void> => {
    while (suspects.length < MOST_SUSPECTS) {
      const next = await all.next();
      if (next.done === true) return;
      const target = next.value;
      const violations = await lookAt(target);
      if (violations.some(isUnanswered) && ++unanswered > MOST_UNANSWERED)
        throw new OmsError('service.unavailable', violations[0]?.detail ?? '');
      if (violations.length > 0) suspects.push({ target, violations });
      looked++;
      if (looked % TELL_EVERY === 0) tell(`${looked} looked at, ${suspects.length} to look at again`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  tell(`${looked} looked at, ${suspects.length} to look at again`);
  const violations = await confirm(suspects, graceMs);
  return { looked, violations, isComplete: suspects.length < MOST_SUSPECTS };
}

async function confirm(found: readonly Suspect[], graceMs: number): Promise<Violation[]> {
  const until = Date.now() + graceMs;
  let suspects = [...found];
  do {
    await pause(Math.max(0, Math.min(LOOK_AGAIN_AFTER_MS, until - Date.now())));
    for (const suspect of suspects) suspect.violations = stillThere(suspect.violations, await lookAt(suspect.target));
    suspects = suspects.filter(({ violations }) => violations.length > 0);
  } while (suspects.length > 0 && Date.now() < until);
  // One thing can be seen from two sides.
  const byName = new Map(suspects.flatMap(({ violations }) => violations).map((one) => [violationId(one), one]));
  return [...byName.values()].sort((a, b) => a.invariant - b.invariant);
}

function stillThere(before: readonly Violation[], now: readonly Violation[]): Violation[] {
  const known = new Set(before.map(violationId));
  return now.filter((violation) => known.has(violationId(violation)));
}

const UNANSWERED_ADVICE = 'Nobody answered for it all the time. Is a worker running? Look for it in Temporal.';

const isUnanswered = ({ todo }: Violation): boolean => todo === UNANSWERED_ADVICE;

/** What cannot be looked at for a moment, under load, is looked at again like what looks wrong. */
async function lookAt({ name, look }: Target): Promise<Violation[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof OmsError && error.code === 'service.unavailable')) throw error;
    return [{ invariant: 11, objects: [name], detail: error.detail, todo: UNANSWERED_ADVICE }];
  }
}
