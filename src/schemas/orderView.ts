import { z } from 'zod';

import { allowedOrderCommands } from '../domain/order/lifecycle.js';
import { presentOrder } from '../domain/order/presentOrder.js';
import { lineQuantities } from '../domain/order/quantities.js';
import { ORDER_STATE_CODES, ORDER_STATES, WAITING_REASONS, type OrderRecord } from '../domain/order/order.js';
import { PACKAGE_STATES } from '../domain/lifecycle/packageLifecycle.js';
import { TRANSFER_STATES } from '../domain/lifecycle/transferLifecycle.js';
import type { PackageRecord } from '../domain/package/package.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { ORDER_PARAMETERS } from './commands.js';
import { order } from './order.js';
import { runnableCommand } from './offeredCommand.js';

const count = z.int();

const lineQuantitiesView = z
  .object({
    ordered: count,
    unplanned: count,
    parked: count,
    inPackages: count,
    shipped: count,
    delivered: count,
    cancelled: count,
    refunded: count,
    returned: count.describe('Counted within `shipped`.'),
  })
  .meta({ id: 'LineQuantities', description: 'Where the units of a line are; the terms add up to `ordered`.' });

const accepted = z.object(order.shape);

export const orderView = accepted
  .omit({ lines: true })
  .extend({
    lines: z.array(z.object(order.shape.lines.element.shape).extend({ quantities: lineQuantitiesView })),
    state: z.enum(ORDER_STATES),
    stateCode: z.int(),
    version: z.int(),
    accepted: accepted
      .pick({ shippingAddress: true, priority: true })
      .nullable()
      .meta({ description: 'How the order came, where it was changed since.' }),
    hold: z.object({ reason: z.string(), since: z.string() }).nullable(),
    waiting: z
      .object({
        reason: z.enum(WAITING_REASONS),
        detail: z.string(),
        since: z.string(),
        nextAttemptAt: z.string().optional(),
      })
      .nullable(),
    scenario: z.object({ name: z.string(), version: z.int() }).nullable(),
    cancellation: z.object({ reason: z.string().nullable(), note: z.string().nullable() }).nullable(),
    decisions: z.int().describe('How many planning decisions there are; each is explained under `/decisions`.'),
    packages: z.array(z.object({ number: z.string(), state: z.string(), stateCode: z.int(), location: z.string() })),
    transfers: z.array(
      z.object({
        number: z.string(),
        state: z.string(),
        stateCode: z.int(),
        location: z.string().describe('Where the goods come from.'),
        destination: z.string(),
      }),
    ),
    commands: z.array(runnableCommand),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'OrderView', description: 'An order as accepted, and where each of its units is now.' });

export type OrderView = z.infer<typeof orderView>;

/**
 * The order as the API and the events show it. Quantities are counted from the packages at the moment of
 * reading, so that they can never disagree with them.
 */
export function toOrderView(
  record: OrderRecord,
  packages: readonly PackageRecord[],
  transfers: readonly TransferRecord[],
): OrderView {
  const { order: accepted, changes, state } = record;
  const { shippingAddress, priority } = accepted;
  const lines = lineQuantities(accepted.lines, packages, record.cancelledUnits);
  return {
    ...presentOrder(record),
    accepted: Object.keys(changes).length === 0 ? null : { shippingAddress, priority },
    hold: record.hold,
    lines: lines.map(({ line, quantities }) => ({ ...line, quantities })),
    state,
    stateCode: ORDER_STATE_CODES[state],
    version: record.version,
    waiting: record.waiting,
    scenario: record.scenario,
    cancellation: record.cancellation,
    decisions: record.decisions,
    packages: packages.map(({ number, state, location }) => ({
      number,
      state,
      stateCode: PACKAGE_STATES[state].code,
      location,
    })),
    transfers: transfers.map(({ number, state, source, destination }) => {
      return { number, state, stateCode: TRANSFER_STATES[state].code, location: source, destination };
    }),
    commands: allowedOrderCommands(
      record,
      lines.map(({ quantities }) => quantities),
      packages,
    ).map((command) => ({
      command,
      to: [command === 'cancel' ? 'cancelled' : state],
      parameters: { ...ORDER_PARAMETERS.get(command) },
    })),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    // The record is read-only throughout; a view is a copy that its receiver may do with as it likes.
  } as unknown as OrderView;
}
