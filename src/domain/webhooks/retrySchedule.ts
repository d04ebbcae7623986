import type { RetryPolicy } from '../configuration/integrations.js';

/**
 * Seconds from each attempt to the next, as Standard Webhooks gives them for an example: 5 s, 5 min, 30 min,
 * 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. Ten attempts over 75 h 35 min.
 */
const STANDARD_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

const DAY_SECONDS = 86_400;
const DEFAULT_ATTEMPTS = 10;
const DEFAULT_DELAY_SECONDS = 60;
/** Part by which a delay varies, so that what failed together does not come back together. */
const JITTER = 0.2;

export interface FailedAttempt {
  /** Attempts made so far, the failed one included. */
  readonly attempts: number;
  /** What the receiver asked for by `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** From 0 to below 1; the same gives the same delay, and 0.5 the one that is written above. */
  readonly random: number;
}

/**
 * Seconds until the next attempt, or null when there is none. A `Retry-After` that is later than our own
 * time wins, up to a day.
 */
export function nextDelaySeconds(
  policy: RetryPolicy,
  { attempts, retryAfterSeconds = 0, random }: FailedAttempt,
): number | null {
  if (attempts >= maxAttempts(policy)) return null;
  return Math.max(plannedSeconds(policy, attempts, random), Math.min(retryAfterSeconds, DAY_SECONDS));
}

/** Attempts in all, the first included. */
export const maxAttempts = (policy: RetryPolicy): number => policy.maxAttempts ?? DEFAULT_ATTEMPTS;

function plannedSeconds(policy: RetryPolicy, attempts: number, random: number): number {
  const { strategy, delaySeconds = DEFAULT_DELAY_SECONDS, maxDelaySeconds = DAY_SECONDS } = policy;
  const capped = (seconds: number) => Math.min(seconds, maxDelaySeconds);
  const varied = (seconds: number) => capped(capped(seconds) * (1 + JITTER * (random * 2 - 1)));
  switch (strategy) {
    case 'standard':
      // Who wants more attempts than the table has gets them daily.
      return varied(STANDARD_SECONDS[attempts - 1] ?? DAY_SECONDS);
    case 'fixed':
      return capped(delaySeconds);
    case 'linear':
      return varied(delaySeconds * attempts);
    case 'exponential':
      return varied(delaySeconds * 2 ** (attempts - 1));
    case 'random':
      return capped(delaySeconds) + random * Math.max(0, maxDelaySeconds - delaySeconds);
  }
}
