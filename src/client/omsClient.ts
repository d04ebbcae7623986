import type { Client } from '@temporalio/client';
import type { z } from 'zod';

import { createOrchestrator } from '../clients/orchestrator.js';
import type { OrderRecord } from '../domain/order/order.js';
import type { PackageRecord } from '../domain/package/package.js';
import { OmsError } from '../platform/errors.js';
import { sameContent } from '../platform/fingerprint.js';
import { packageCommand } from '../schemas/commands.js';
import { order as orderSchema } from '../schemas/order.js';
import { orderStateQuery, orderWorkflowId } from '../workflows/messages.js';

/** The body of `POST /v1/orders`: what has a default may be left out. */
export type OrderInput = z.input<typeof orderSchema>;

/** The body of `POST /v1/packages/{number}/commands`. */
export type PackageCommandInput = z.input<typeof packageCommand>;

export interface CommandOptions {
  /** Repeating with the same key has no second effect. */
  readonly idempotencyKey?: string;
}

export interface StartedOrder {
  readonly number: string;
  readonly workflowId: string;
  /** False when the same order was there already. */
  readonly isNew: boolean;
}

export interface OmsClientOptions {
  /** Who asks, in the audit log. */
  readonly by: string;
  /** Queue of the workflows; `oms` when absent. */
  readonly taskQueue?: string;
}

export type OmsClient = ReturnType<typeof createOmsClient>;

/**
 * Starts orders and commands packages by a Temporal client instead of the API. Bad input is refused before Temporal
 * hears of it. Who may do what is up to Temporal's own access control: there are no keys and roles here.
 */
export function createOmsClient(client: Client, { by, taskQueue }: OmsClientOptions) {
  const orchestrator = createOrchestrator(client, taskQueue);
  return {
    /**
     * Begins an order. Repeatable: the same order again changes nothing. The order is stored by its workflow, so the
     * API shows it a moment later.
     *
     * @throws {OmsError} `request.malformed` with a JSON pointer for each fault, `order.number_taken` when the number
     *   belongs to an order with other content.
     */
    startOrder: async (given: OrderInput): Promise<StartedOrder> => {
      const order = accepted(orderSchema, given);
      const { number } = order;
      const workflowId = orderWorkflowId(number);
      const isNew = await orchestrator.startOrder(order);
      if (isNew) return { number, workflowId, isNew };
      const known = await client.workflow.getHandle(workflowId).query<OrderRecord, []>(orderStateQuery);
      if (sameContent(known.order, order)) return { number, workflowId, isNew };
      throw new OmsError('order.number_taken', `There is another order ${number} with other content`);
    },

    /**
     * Commands a package and answers what it is then.
     *
     * @throws {OmsError} `request.malformed`, or whatever the API answers to a command, such as
     *   `package.illegal_transition` with `state` and `allowed`.
     */
    commandPackage: async (
      number: string,
      given: PackageCommandInput,
      { idempotencyKey: id }: CommandOptions = {},
    ): Promise<PackageRecord> => {
      const command = accepted(packageCommand, given);
      return orchestrator.commandPackage(number, command, { by, ...(id !== undefined && { id }) });
    },
  };
}

function accepted<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => {
    return { pointer: path.map((key) => `/${String(key)}`).join(''), detail: message };
  });
  throw new OmsError('request.malformed', errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '), {
    errors,
  });
}
