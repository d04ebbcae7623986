import { isGrpcServiceError, ServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';

import type { OrderRecord } from '../domain/order/order.js';
import type { PackageRecord } from '../domain/package/package.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { OmsError } from '../platform/errors.js';

const ANSWERS_WITHIN_MS = 10_000;
/** A worker that has just died is missed only after some seconds; its successor answers. */
const ATTEMPTS = 3;

/** A workflow as Temporal knows it. */
export interface WorkflowState {
  readonly isRunning: boolean;
  /** Its own state; null when it does not run. */
  readonly state: OrderRecord | PackageRecord | TransferRecord | null;
}

export type WorkflowStates = ReturnType<typeof createWorkflowStates>;

/** Asks workflows for their state. Nothing is written, and nothing is added to a history. */
export function createWorkflowStates(client: Client, taskQueue: string) {
  return {
    /** Ids of the workflows of orders, packages and transfers that run now. */
    running: async function* (): AsyncGenerator<string> {
      const types = ['orderWorkflow', 'packagingWorkflow', 'transferWorkflow'].map((type) => `'${type}'`).join(', ');
      const query = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}' AND WorkflowType IN (${types})`;
      for await (const { workflowId } of client.workflow.list({ query })) yield workflowId;
    },

    /**
     * @param workflowId Also the subject of its events.
     * @throws {OmsError} `service.unavailable` when no worker answers, or Temporal does not.
     */
    ask: async (workflowId: string): Promise<WorkflowState> => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask(client, workflowId);
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return { isRunning: false, state: null };
          if (attempt < ATTEMPTS && error instanceof ServiceError) continue;
          const detail = `${workflowId} cannot be asked for its state (${why(error)}); is a worker running?`;
          throw new OmsError('service.unavailable', detail, { cause: error });
        }
      }
    },
  };
}

async function ask(client: Client, workflowId: string): Promise<WorkflowState> {
  const handle = client.workflow.getHandle(workflowId);
  const { status } = await handle.describe();
  if (status.name !== 'RUNNING') return { isRunning: false, state: null };
  const state = await client.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
    handle.query<NonNullable<WorkflowState['state']>>('state'),
  );
  return { isRunning: true, state };
}

function why(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isGrpcServiceError(error.cause) ? `${error.message}: ${error.cause.details}` : error.message;
}
