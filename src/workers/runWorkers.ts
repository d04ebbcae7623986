import type { NativeConnection } from '@temporalio/worker';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';

import { activityMetrics } from '../activities/activityMetrics.js';
import { failures } from '../activities/failures.js';
import { heartbeats } from '../activities/heartbeats.js';
import type { Metrics } from '../platform/metrics.js';
import { backgroundTaskQueue, outboundTaskQueue } from '../workflows/messages.js';

/** Running activities get this long to finish when the process is told to stop. */
const SHUTDOWN_GRACE = '10s' as const;

/** Each plans one case at a time, so that live orders always find a thread that is free or soon will be. */
const BACKGROUND_AT_ONCE = 2;

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly bundle: WorkflowBundleOption;
  /** By name; both queues offer the same ones. */
  readonly activities: object;
  readonly identity?: string;
  /** Where attempts of activities are counted. */
  readonly metrics?: Metrics;
}

export interface RunningWorkers {
  /** Rejects when a worker fails; resolves after `stop`. */
  readonly ended: Promise<void>;
  /** Takes no more work, lets what runs finish and resolves when it has. */
  stop(): Promise<void>;
}

/** One worker for workflows and their short activities, one for calls to the outside, one for what can wait. */
export async function startWorkers(options: WorkerOptions): Promise<RunningWorkers> {
  const { connection, namespace, taskQueue, bundle, activities, identity, metrics } = options;
  const common = {
    connection,
    namespace,
    activities,
    shutdownGraceTime: SHUTDOWN_GRACE,
    interceptors: {
      activity: [
        () => ({ inbound: heartbeats }),
        ...(metrics ? [() => ({ inbound: activityMetrics(metrics) })] : []),
        () => ({ inbound: failures }),
      ],
    },
    ...(identity === undefined ? {} : { identity }),
  };
  const workers = await Promise.all([
    // Five seconds until another worker may take over after this one was killed, instead of ten.
    Worker.create({ ...common, taskQueue, workflowBundle: bundle, stickyQueueScheduleToStartTimeout: '5s' }),
    Worker.create({ ...common, taskQueue: outboundTaskQueue(taskQueue) }),
    Worker.create({
      ...common,
      taskQueue: backgroundTaskQueue(taskQueue),
      maxConcurrentActivityTaskExecutions: BACKGROUND_AT_ONCE,
    }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    ended: Promise.all(running).then(() => undefined),
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(running);
    },
  };
}
