import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
  type UpdateDefinition,
  type WorkflowHandle,
  type WorkflowStartOptions,
} from '@temporalio/client';

import type { Way } from '../domain/audit/audit.js';
import type { Role } from '../domain/configuration/role.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type { Order, OrderRecord } from '../domain/order/order.js';
import type { PackageCommand } from '../domain/package/commands.js';
import type { PackageRecord } from '../domain/package/package.js';
import type { TransferCommand } from '../domain/transfer/commands.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { ERRORS, OmsError, type ErrorCode, type Fault } from '../platform/errors.js';
import {
  orderCommandSignal,
  orderCommandUpdate,
  orderWorkflowId,
  overdueSignal,
  packageCommandSignal,
  packageCommandUpdate,
  packageWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  transferCommandSignal,
  transferCommandUpdate,
  transferWorkflowId,
  wakeSignal,
  type Continuing,
  type Overdue,
  type Sent,
} from '../workflows/messages.js';
import type { Announcement } from '../workflows/outbox.js';

/** A command waits this long for its answer; the caller repeats it with the same key. */
const ANSWER_WITHIN_MS = 15_000;
const AGAIN_AFTER_MS = 50;
const GRPC_RESOURCE_EXHAUSTED = 8;
const GRPC_FAILED_PRECONDITION = 9;

export interface CommandMeta {
  /** Idempotency key; absent when the caller gave none. */
  readonly id?: string;
  /** Id of the API key that asks. */
  readonly by: string;
  readonly way?: Way;
  /** Role of the key: a life cycle may keep commands from some. */
  readonly role?: Role;
}

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

    commandPackage: (number: string, command: PackageCommand, meta: CommandMeta): Promise<PackageRecord> =>
      ask(client, workflow.getHandle(packageWorkflowId(number)), packageCommandUpdate, { ...command, ...meta }),

    commandTransfer: (number: string, command: TransferCommand, meta: CommandMeta): Promise<TransferRecord> =>
      ask(client, workflow.getHandle(transferWorkflowId(number)), transferCommandUpdate, { ...command, ...meta }),

    commandOrder: (number: string, command: OrderCommand, meta: CommandMeta): Promise<OrderRecord> =>
      ask(client, workflow.getHandle(orderWorkflowId(number)), orderCommandUpdate, { ...command, ...meta }),

    /** Hands the command on without waiting for its answer; what is refused later is in the audit log. */
    signalPackage: (number: string, command: PackageCommand, meta: CommandMeta): Promise<void> =>
      known(workflow.getHandle(packageWorkflowId(number)).signal(packageCommandSignal, { ...command, ...meta })),

    signalTransfer: (number: string, command: TransferCommand, meta: CommandMeta): Promise<void> =>
      known(workflow.getHandle(transferWorkflowId(number)).signal(transferCommandSignal, { ...command, ...meta })),

    signalOrder: (number: string, command: OrderCommand, meta: CommandMeta): Promise<void> =>
      known(workflow.getHandle(orderWorkflowId(number)).signal(orderCommandSignal, { ...command, ...meta })),

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

async function ask<Result, Command extends object>(
  client: Client,
  handle: WorkflowHandle,
  update: UpdateDefinition<Result, [Sent<Command>]>,
  command: Sent<Command>,
): Promise<Result> {
  const options = { args: [command] as [Sent<Command>], updateId: updateId(command) };
  const deadline = Date.now() + ANSWER_WITHIN_MS;
  for (;;) {
    try {
      return await client.withDeadline(deadline, () => handle.executeUpdate(update, options));
    } catch (error) {
      if (!isUnheard(error) || Date.now() > deadline) throw translate(error);
      await pause(AGAIN_AFTER_MS * (1 + Math.random()));
    }
  }
}

/**
 * Temporal turns an update away when too many come at once (ten in flight), or when it arrives in the very moment in
 * which a task is being completed; and it forgets one when the task that carried it out could not end the workflow
 * because something else had come. The workflow does not know of it, so it may be sent again.
 */
function isUnheard(error: unknown): boolean {
  if (error instanceof WorkflowUpdateFailedError) {
    return error.cause instanceof ApplicationFailure && error.cause.type === 'UnprocessedUpdate';
  }
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) return false;
  const { code, details } = cause;
  if (Number(code) === GRPC_RESOURCE_EXHAUSTED) return true;
  return Number(code) === GRPC_FAILED_PRECONDITION && /workflow task failure/.test(details);
}

async function unlessOver(sending: Promise<void>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function known(sending: Promise<void>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    throw translate(error);
  }
}

/** The same for the same sender, key and content, so that Temporal itself answers a repeat. */
function updateId({ id, by, way: _, role: __, ...content }: Sent<object>): string {
  if (id === undefined) return randomUUID();
  return createHash('sha256')
    .update(JSON.stringify([by, id, content]))
    .digest('hex');
}

function translate(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return new OmsError('workflow.ended', 'Its work is over');
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    const detail = 'The command was not answered in time; repeat it with the same Idempotency-Key';
    return new OmsError('command.unanswered', detail, { retryAfterSeconds: 5, cause: error });
  }
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
    return toOmsError(error.cause);
  return error;
}

function toOmsError(failure: ApplicationFailure): OmsError {
  const code: ErrorCode = failure.type && failure.type in ERRORS ? (failure.type as ErrorCode) : 'internal';
  const { errors, ...context } = (failure.details?.[0] ?? {}) as { errors?: readonly Fault[] };
  return new OmsError(code, failure.message, { context, ...(errors && { errors }), cause: failure });
}
