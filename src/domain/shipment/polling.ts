const MINUTE_MS = 60_000;
const SHORTEST_MS = 1_000;
/** A parcel that has been silent for a day is not asked about as often as one that has just moved. */
const SILENCE_PER_POLL = 8;
/** News comes at most so many intervals late. */
const MOST_INTERVALS = 4;

/**
 * When to ask for news of a parcel again, in ms: after the interval that is set, and after an eighth of its silence once
 * that is longer, but never more than four intervals.
 *
 * @param silentMs Since something was last heard of it.
 */
export function nextPollMs(intervalMinutes: number, silentMs: number): number {
  const interval = intervalMinutes * MINUTE_MS;
  return Math.max(SHORTEST_MS, Math.min(Math.max(interval, silentMs / SILENCE_PER_POLL), MOST_INTERVALS * interval));
}
