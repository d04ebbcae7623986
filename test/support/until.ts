import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

/** Resolves when the condition holds. Throws when it does not within the time given, in milliseconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}
