import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
  type WorkflowUpdateOptions,
} from '@temporalio/client';

import type { Way } from '../domain/audit/audit.js';
import type { Role } from '../domain/configuration/role.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type { OrderRecord } from '../domain/order/order.js';
import type { PackageCommand } from '../domain/package/commands.js';
import type { PackageRecord } from '../domain/package/package.js';
import type { TransferCommand } from '../domain/transfer/commands.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { ERRORS, OmsError, type ErrorCode, type Fault } from '../platform/errors.js';
import {
  orderCommandSignal,
  orderCommandUpdate,
  orderWorkflowId,
  packageCommandSignal,
  packageCommandUpdate,
  packageWorkflowId,
  transferCommandSignal,
  transferCommandUpdate,
  transferWorkflowId,
  type Sent,
} from '../workflows/messages.js';
import { lateRun, type EndedPackage } from './lateRun.js';

/** A command waits this long for its answer; the caller repeats it with the same key. */
const ANSWER_WITHIN_MS = 15_000;
const AGAIN_AFTER_MS = 50;
/** What Temporal knows already it answers within this time. */
const OLD_WITHIN_MS = 1_000;
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

/** Hands commands to the workflows that carry them out. */
export function createCommandSender(client: Client, taskQueue: string) {
  const { workflow } = client;
  return {
    commandPackage: (number: string, command: PackageCommand, meta: CommandMeta): Promise<PackageRecord> =>
      ask(client, { ...command, ...meta }, (options) =>
        workflow.getHandle(packageWorkflowId(number)).executeUpdate(packageCommandUpdate, options),
      ),

    /** As `commandPackage`, for one that has ended: it takes what its life cycle still allows, and ends again. */
    commandEndedPackage: (ended: EndedPackage, command: PackageCommand, meta: CommandMeta): Promise<PackageRecord> =>
      ask(client, { ...command, ...meta }, (options) => {
        const startWorkflowOperation = new WithStartWorkflowOperation('packagingWorkflow', lateRun(ended, taskQueue));
        return workflow.executeUpdateWithStart(packageCommandUpdate, { ...options, startWorkflowOperation });
      }),

    commandTransfer: (number: string, command: TransferCommand, meta: CommandMeta): Promise<TransferRecord> =>
      ask(client, { ...command, ...meta }, (options) =>
        workflow.getHandle(transferWorkflowId(number)).executeUpdate(transferCommandUpdate, options),
      ),

    commandOrder: (number: string, command: OrderCommand, meta: CommandMeta): Promise<OrderRecord> =>
      ask(client, { ...command, ...meta }, (options) =>
        workflow.getHandle(orderWorkflowId(number)).executeUpdate(orderCommandUpdate, options),
      ),

    /** Hands the command on without waiting for its answer; what is refused later is in the audit log. */
    signalPackage: (number: string, command: PackageCommand, meta: CommandMeta): Promise<void> =>
      known(workflow.getHandle(packageWorkflowId(number)).signal(packageCommandSignal, { ...command, ...meta })),

    /** As `signalPackage`, for one that has ended. */
    signalEndedPackage: async (ended: EndedPackage, command: PackageCommand, meta: CommandMeta): Promise<void> => {
      const message = { signal: packageCommandSignal, signalArgs: [{ ...command, ...meta }] as [Sent<PackageCommand>] };
      await known(workflow.signalWithStart('packagingWorkflow', { ...lateRun(ended, taskQueue), ...message }));
    },

    signalTransfer: (number: string, command: TransferCommand, meta: CommandMeta): Promise<void> =>
      known(workflow.getHandle(transferWorkflowId(number)).signal(transferCommandSignal, { ...command, ...meta })),

    signalOrder: (number: string, command: OrderCommand, meta: CommandMeta): Promise<void> =>
      known(workflow.getHandle(orderWorkflowId(number)).signal(orderCommandSignal, { ...command, ...meta })),
  };
}

async function ask<Result, Command extends object>(
  client: Client,
  command: Sent<Command>,
  send: (options: WorkflowUpdateOptions & { args: [Sent<Command>] }) => Promise<Result>,
): Promise<Result> {
  const options = { args: [command] as [Sent<Command>], updateId: updateId(command) };
  const begun = Date.now();
  const deadline = begun + ANSWER_WITHIN_MS;
  for (;;) {
    try {
      return await client.withDeadline(deadline, () => send(options));
    } catch (error) {
      const isOld = isPassing(error) && Date.now() - begun < OLD_WITHIN_MS && !options.updateId.includes('/');
      if (isOld) options.updateId += `/${randomUUID()}`;
      else if (!isUnheard(error) || Date.now() > deadline) throw translate(error);
      else await pause(AGAIN_AFTER_MS * (1 + Math.random()));
    }
  }
}

/**
 * A failure that a repeat under the same key is to overcome. Temporal keeps the outcome of an update and answers a repeat by
 * it, at once and for as long as the workflow runs; so what fails at once is asked anew, as an update of its own. The workflow
 * knows the command by its key.
 */
function isPassing(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)) return false;
  const { type } = error.cause;
  return type !== null && type !== undefined && type in ERRORS && ERRORS[type as ErrorCode].status === 503;
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

async function known(sending: Promise<unknown>): Promise<void> {
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
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnheard(error)) {
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
