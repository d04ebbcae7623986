/** How long a second signal is ignored, and how long stopping may take before the process just ends. */
const STOP_WITHIN_MS = 18_000;

/**
 * Waits for SIGINT or SIGTERM, then runs `stop`. A stop that hangs does not keep the process: what it
 * leaves undone is done again elsewhere.
 */
export async function untilStopped(
  stop: () => Promise<void>,
  failed: Promise<unknown> = new Promise(() => undefined),
): Promise<void> {
  const signalled = new Promise<'signalled'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('signalled'));
  });
  try {
    await Promise.race([signalled, failed]);
  } finally {
    const overdue = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    await stop();
    clearTimeout(overdue);
  }
}
