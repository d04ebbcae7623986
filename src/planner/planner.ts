import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { Piscina } from 'piscina';

import type { PlanInput } from '../domain/planning/planCase.js';
import { OmsError } from '../platform/errors.js';
import { packInput } from './stockColumns.js';
import type { TaskName, Tasks } from './tasks.js';
import type { TaskReply, TaskRequest } from './thread.js';

type Ask<Name extends TaskName> = (
  input: PlanInput,
  options: Parameters<Tasks[Name]>[1],
) => Promise<ReturnType<Tasks[Name]>>;

/**
 * Every task of `TASKS`, run in a thread, so that a hard plan holds up nothing else in the process.
 *
 * @throws {OmsError} what the task throws; `service.unavailable` when the thread died, the queue is full or
 *   the planner was closed.
 */
export type Planner = { readonly [Name in TaskName]: Ask<Name> } & {
  /** Ends the threads; what still runs is given up. */
  readonly close: () => Promise<void>;
};

export interface PlannerOptions {
  /** Most threads; one less than the processors when absent, so that one is left for the event loop. */
  readonly threads?: number;
  /** Module that a thread runs; the tests bring one that can load TypeScript. */
  readonly thread?: string;
  /** Most heap of a thread, in MB. */
  readonly maxHeapMb?: number;
  /** Told of a thread that could not start or died while it had nothing to do. */
  readonly onThreadError?: (error: unknown) => void;
}

// A thread with its code takes about 20 MB; none is kept when nothing has been planned for so long.
const IDLE_MS = 60_000;
// 2,000 locations with 30 lines need a tenth of it. A thread that wants more ends, not the process.
const MAX_HEAP_MB = 1_024;
// Requests that wait hold their case in memory.
const MAX_WAITING = 500;

/** Threads start when they are first needed. */
export function createPlanner({ threads, thread, maxHeapMb, onThreadError }: PlannerOptions = {}): Planner {
  const pool = new Piscina<TaskRequest, TaskReply>({
    filename: thread ?? join(import.meta.dirname, 'thread.js'),
    name: 'runTask',
    minThreads: 0,
    maxThreads: threads ?? Math.max(1, availableParallelism() - 1),
    idleTimeout: IDLE_MS,
    maxQueue: MAX_WAITING,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb ?? MAX_HEAP_MB },
  });
  // piscina lets requests wait for ever for a thread that cannot even start.
  let dead = noticeOfDeath();
  pool.on('error', (error) => {
    onThreadError?.(error);
    dead.abort(error);
    dead = noticeOfDeath();
  });

  const ask =
    <Name extends TaskName>(task: Name): Ask<Name> =>
    async (input, options) => {
      const request: TaskRequest = { task, input: packInput(input), options };
      const reply = await run(pool, request, dead.signal);
      if (!reply.ok) throw new OmsError(reply.failure.code, reply.failure.detail, reply.failure.options);
      return reply.answer as ReturnType<Tasks[Name]>;
    };

  return {
    ...{ plan: ask('plan'), planHashed: ask('planHashed'), bringTo: ask('bringTo'), whyNot: ask('whyNot') },
    close: () => pool.destroy(),
  };
}

/** As many requests may wait for it as there are. */
function noticeOfDeath(): AbortController {
  const notice = new AbortController();
  setMaxListeners(0, notice.signal);
  return notice;
}

async function run(
  pool: Piscina<TaskRequest, TaskReply>,
  request: TaskRequest,
  signal: AbortSignal,
): Promise<TaskReply> {
  try {
    return await pool.run(request, { signal });
  } catch (error) {
    if (!isOfThePool(error as ThreadError)) throw error;
    const { message } = signal.aborted ? (signal.reason as ThreadError) : (error as ThreadError);
    throw new OmsError('service.unavailable', `The planner did not answer: ${message}`, { cause: error });
  }
}

interface ThreadError {
  readonly message: string;
  readonly code?: unknown;
}

const POOL_MESSAGES = [
  /^worker exited with code/,
  /^The task has been aborted/,
  /^Task queue is at limit/,
  /^No task queue available/,
  /^Terminating worker thread/,
];

/** The task itself did nothing wrong, as far as is known. */
const isOfThePool = ({ code, message }: ThreadError): boolean =>
  code === 'ERR_WORKER_OUT_OF_MEMORY' || POOL_MESSAGES.some((pattern) => pattern.test(message));
