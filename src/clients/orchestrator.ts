import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';

import type { Order } from '../domain/order/order.js';
import type { TrackingEvent } from '../domain/shipment/shipment.js';
import {
  orderWorkflowId,
  overdueSignal,
  packageWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  trackingNewsSignal,
  wakeSignal,
  type Continuing,
  type Overdue,
} from '../workflows/messages.js';
import type { Announcement } from '../workflows/outbox.js';
import { createCommandSender } from './commandSender.js';

export type Orchestrator = ReturnType<typeof createOrchestrator>;

/**
 * The API's way to the workflows: starts orders and hands on commands.
 *
 * @param continuing How long the runs of orders that begin now, of their packages and transfers may become.
 */
export function createOrchestrator(client: Client, taskQueue: string = TASK_QUEUE, continuing: Continuing = {}) {
  const { workflow } = client;
  return {
    /** Begins the order's workflow; one that has begun already is left alone. Answers whether it was begun now. */
    startOrder: async (order: Order): Promise<boolean> => {
      return startOnce(client, taskQueue, 'orderWorkflow', {
        workflowId: orderWorkflowId(order.number),
        args: [{ order, ...continuing }],
        staticSummary: `Order ${order.number}`,
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.order, value: order.number },
          { key: SEARCH_ATTRIBUTES.state, value: 'received' },
          { key: SEARCH_ATTRIBUTES.channel, value: order.channel },
        ],
      });
    },

    ...createCommandSender(client, taskQueue),

    /** Delivers events that belong to no order; `id` names the occasion, so that a repeat delivers once. */
    deliver: async (id: string, announcements: readonly Announcement[]): Promise<void> => {
      if (announcements.length === 0) return;
      const options = { workflowId: `announce/${id}`, args: [{ announcements }] };
      await startOnce(client, taskQueue, 'announceWorkflow', options);
    },

    /** Tries a draft in the background; a trial that has begun already is left alone. */
    startTrial: async (id: string, kind: 'backtest' | 'shadow', scenario: string): Promise<void> => {
      const options = { workflowId: `${kind}/${id}`, args: [{ trial: id }], staticSummary: `${kind} of ${scenario}` };
      await startOnce(client, taskQueue, 'trialWorkflow', options);
    },

    /** What Temporal says of its workflow, such as `RUNNING` or `TERMINATED`; null when there is none. */
    trialStatus: async (id: string, kind: 'backtest' | 'shadow'): Promise<string | null> => {
      try {
        return (await workflow.getHandle(`${kind}/${id}`).describe()).status.name;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    /** Nobody has touched the package for too long. One that has ended meanwhile needs to be told nothing. */
    tellOverdue: async (number: string, overdue: Overdue): Promise<void> => {
      await unlessOver(workflow.getHandle(packageWorkflowId(number)).signal(overdueSignal, overdue));
    },

    /** A carrier has told where the parcels of a package are. False when the package has ended. */
    tellTracking: (number: string, told: readonly TrackingEvent[]): Promise<boolean> =>
      unlessOver(workflow.getHandle(packageWorkflowId(number)).signal(trackingNewsSignal, told)),

    /** What the order waits for may have come. An order that has ended meanwhile needs no waking. */
    wakeOrder: async (number: string, why: string): Promise<void> => {
      await unlessOver(workflow.getHandle(orderWorkflowId(number)).signal(wakeSignal, { why }));
    },
  };
}

type StartOptions = Pick<WorkflowStartOptions, 'workflowId' | 'args' | 'staticSummary' | 'typedSearchAttributes'>;

/** The id names the work: what has begun under it is left alone. */
async function startOnce(
  { workflow }: Client,
  taskQueue: string,
  type: string,
  options: StartOptions,
): Promise<boolean> {
  try {
    await workflow.start(type, {
      taskQueue,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      ...options,
    });
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return false;
  }
}

async function unlessOver(sending: Promise<void>): Promise<boolean> {
  try {
    await sending;
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return false;
  }
}
