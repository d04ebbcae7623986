import { lock } from 'proper-lockfile';

export interface LockOptions {
  /** How long to wait for another process before giving up, in milliseconds. */
  readonly patienceMs: number;
  /** Called once if another process holds the lock. */
  readonly onWait?: () => void;
}

const RETRY_MS = 250;
/** After this time without a sign of life the holder counts as dead. */
const STALE_MS = 10_000;

/** Runs `action` while no other process of this machine runs one for the same path; the path need not exist. */
export async function withLock<T>(path: string, options: LockOptions, action: () => Promise<T>): Promise<T> {
  const release = await acquire(path, options);
  try {
    return await action();
  } finally {
    // It may have been taken from us if this process stood still for long; what we did stays valid.
    await release().catch(() => undefined);
  }
}

async function acquire(path: string, options: LockOptions): Promise<() => Promise<void>> {
  const settings = { realpath: false, stale: STALE_MS, update: STALE_MS / 5, onCompromised: () => undefined };
  try {
    return await lock(path, settings);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
  }
  options.onWait?.();
  const retries = { retries: Math.ceil(options.patienceMs / RETRY_MS), minTimeout: RETRY_MS, maxTimeout: RETRY_MS };
  return lock(path, { ...settings, retries });
}
