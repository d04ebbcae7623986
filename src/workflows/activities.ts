import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';

import type { AuditActivities } from '../activities/audit.js';
import type { CarrierActivities } from '../activities/carriers.js';
import type { InvoiceActivities } from '../activities/invoices.js';
import type { PlanningActivities } from '../activities/planning.js';
import type { ReceiveActivities } from '../activities/receive.js';
import type { RecordActivities } from '../activities/record.js';
import type { ReferenceActivities } from '../activities/references.js';
import type { StockActivities } from '../activities/stock.js';
import type { TrialActivities } from '../activities/trials.js';
import type { WebhookActivities } from '../activities/webhooks.js';
import { backgroundTaskQueue, outboundTaskQueue } from './messages.js';
import { Turns } from './turns.js';

/** Short MongoDB work: one marker in the history, no round trip through a task queue. */
const LOCAL = {
  startToCloseTimeout: '5s',
  scheduleToCloseTimeout: '8s',
  // The SDK goes on beyond the time above where attempts fail quickly; so many fit into it.
  retry: { initialInterval: '100ms', maximumInterval: '1s', maximumAttempts: 10 },
} as const;

/** The same work when MongoDB is away for longer: Temporal keeps retrying without adding events. */
const REMOTE = { startToCloseTimeout: '30s', retry: { initialInterval: '1s', maximumInterval: '30s' } } as const;

type Store = ReceiveActivities & RecordActivities & PlanningActivities & ReferenceActivities & AuditActivities;

const local = proxyLocalActivities<Store>(LOCAL);
const remote = proxyActivities<Store>(REMOTE);

/**
 * Reads in an ordinary activity: its answer is in the history before anything is done with it. A local one would be run
 * again with a task that is lost, and then read what that task had written.
 */
export const readPackage = (number: string) => remote.readPackage(number);

/** Of this workflow: every workflow has its modules for itself. */
const oneAfterTheOther = new Turns();

/**
 * Runs a store activity locally, one after the other (decision 102): of two side by side, the SDK may tell the results
 * in another order when it replays them, and the workflow would then do other things than it did.
 */
export function persist<Name extends keyof Store>(
  name: Name,
  ...args: Parameters<Store[Name]>
): Promise<Awaited<ReturnType<Store[Name]>>> {
  return oneAfterTheOther.take(() => run(name, ...args));
}

/** No store activity is under way. */
export const isStoreIdle = (): boolean => oneAfterTheOther.isFree;

/**
 * Runs a store activity locally, and after some seconds without success as an ordinary activity. A local
 * one alone would hold the workflow task open for as long as the database is away.
 */
async function run<Name extends keyof Store>(
  name: Name,
  ...args: Parameters<Store[Name]>
): Promise<Awaited<ReturnType<Store[Name]>>> {
  type Run = (...given: Parameters<Store[Name]>) => Promise<Awaited<ReturnType<Store[Name]>>>;
  try {
    return await (local[name] as unknown as Run)(...args);
  } catch (error) {
    if (!canSucceedLater(error)) throw error;
    return (remote[name] as unknown as Run)(...args);
  }
}

/**
 * Judged by what lies innermost: when a workflow is replayed, the SDK may tell the failure of a local activity without
 * the `ActivityFailure` around it, and the answer must be what it was.
 */
function canSucceedLater(error: unknown): boolean {
  const failure = error instanceof ActivityFailure ? (error.cause ?? error) : error;
  return (
    failure instanceof TemporalFailure && !(failure instanceof ApplicationFailure && failure.nonRetryable === true)
  );
}

/** Workers beat every few seconds; an activity whose worker is silent for so long goes to another one. */
const WORKER_LOST_AFTER = '12s';

/** One try, so that the order can show that it waits; the tries after it are Temporal's. */
export const stockOnce = proxyActivities<StockActivities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: WORKER_LOST_AFTER,
  retry: { maximumAttempts: 1 },
  summary: 'Ask the stock service',
});

export const stock = proxyActivities<StockActivities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: WORKER_LOST_AFTER,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  summary: 'Ask the stock service again until it answers',
});

/**
 * An attempt that is called off is over only when it says so. The SDK's own default tells the workflow at once while the
 * attempt goes on (sdk-typescript #2442), and the next run would then do the same beside it.
 */
const UNTIL_IT_ENDS = { cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED } as const;

/** Calls to carriers and webhook receivers have workers of their own, so that slow ones hold up nothing else. */
const outbound = <Activities extends object>(options: ActivityOptions) =>
  proxyActivities<Activities>({
    taskQueue: outboundTaskQueue(workflowInfo().taskQueue),
    heartbeatTimeout: WORKER_LOST_AFTER,
    ...options,
  });

/** One try while the caller of `pack` waits. */
export const carrierOnce = () =>
  outbound<CarrierActivities>({
    startToCloseTimeout: '10s',
    // Without a worker for outbound calls the package waits for its label instead of the caller for us.
    scheduleToCloseTimeout: '12s',
    retry: { maximumAttempts: 1 },
    summary: 'Open a shipment',
  });

export const carrier = () =>
  outbound<CarrierActivities>({
    startToCloseTimeout: '1m',
    retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
    summary: 'Settle the shipment with the carrier',
  });

/**
 * Each attempt is one poll; the activity itself says when to ask again. Temporal's own back-off is only for an
 * attempt that died with its worker, and must not grow with the number of polls before it.
 */
export const tracking = () =>
  outbound<CarrierActivities>({
    startToCloseTimeout: '20s',
    retry: { initialInterval: '10s', backoffCoefficient: 1 },
    summary: 'Follow the parcel',
  });

/** Nothing waits for it, so it may take its time; the service is asked under one key however often. */
export const invoices = () =>
  outbound<InvoiceActivities>({
    startToCloseTimeout: '3m',
    scheduleToCloseTimeout: '30 days',
    retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '1h' },
    ...UNTIL_IT_ENDS,
    summary: 'Ask for the invoice',
  });

export const webhooks = () =>
  outbound<WebhookActivities>({
    startToCloseTimeout: '2m',
    // The activity says when the next attempt is due; this is for one that died with its worker.
    retry: { initialInterval: '5s', backoffCoefficient: 1 },
    ...UNTIL_IT_ENDS,
    summary: 'Announce by webhook',
  });

/** An attempt is one turn; the activity says when the next one is due. Workers of its own take few at a time. */
export const trials = () =>
  proxyActivities<TrialActivities>({
    taskQueue: backgroundTaskQueue(workflowInfo().taskQueue),
    heartbeatTimeout: WORKER_LOST_AFTER,
    startToCloseTimeout: '10m',
    retry: { initialInterval: '5s', backoffCoefficient: 1 },
    summary: 'Plan with the draft and compare',
  });
