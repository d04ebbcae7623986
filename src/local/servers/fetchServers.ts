import type { Executable, ExecutableOptions } from './ladder.js';
import { mongodExecutable } from './mongodExecutable.js';
import { temporalExecutable } from './temporalExecutable.js';
import { reasonOf } from './reasonOf.js';
import { timeSkippingExecutable } from './timeSkippingExecutable.js';

export interface FetchOptions extends Omit<ExecutableOptions, 'executable'> {
  readonly temporalExecutable?: string | undefined;
  readonly mongodExecutable?: string | undefined;
  readonly timeSkippingExecutable?: string | undefined;
}

type ServerName = 'temporal' | 'mongod' | 'temporal-test-server';

/** What became of one server: where it is, or why there is none, and how long the answer took. */
export type Fetched = { readonly server: ServerName; readonly ms: number } & (
  ({ readonly ok: true } & Executable) | { readonly ok: false; readonly reason: string }
);

/**
 * Gets all executables onto this machine, at the same time, without starting any. A server that cannot be had is
 * told in the answer and does not keep the others: the test server, for one, is needed by few.
 */
export async function fetchServers(options: FetchOptions): Promise<Fetched[]> {
  return Promise.all([
    timed('temporal', () => temporalExecutable({ ...options, executable: options.temporalExecutable })),
    timed('mongod', () => mongodExecutable({ ...options, executable: options.mongodExecutable })),
    timed('temporal-test-server', () =>
      timeSkippingExecutable({ ...options, executable: options.timeSkippingExecutable }),
    ),
  ]);
}

async function timed(server: ServerName, find: () => Promise<Executable>): Promise<Fetched> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    return { ok: true, server, ...(await find()), ms: ms() };
  } catch (error) {
    return { ok: false, server, reason: reasonOf(error), ms: ms() };
  }
}
