import { z } from 'zod';

import type { OrderCommand } from '../domain/order/commands.js';
import { MISSING_KINDS, type PackageCommand } from '../domain/package/commands.js';
import type { TransferCommand } from '../domain/transfer/commands.js';
import { address, identifier, instant, quantity, text } from './common.js';

const positive = z.number().positive();

const parcel = z.strictObject({
  weight: positive.exactOptional(),
  length: positive.exactOptional(),
  width: positive.exactOptional(),
  height: positive.exactOptional(),
  trackingNumber: text(64, 1).exactOptional(),
});

/** The document as an address or in base64. */
const invoice = {
  number: text(64, 1),
  type: text(64, 1),
  date: z.union([z.iso.date(), instant]),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .exactOptional(),
  content: z.base64().max(40_000).exactOptional(),
};

const plain = <const Name extends string>(name: Name) => z.strictObject({ command: z.literal(name) });

const note = text(1024).exactOptional();

// Ids of items, which count from 1 in each package.
const units = { id: text(64, 1), quantity };
const barcode = text(128, 1).exactOptional();
const missing = z.array(z.strictObject({ ...units, kind: z.enum(MISSING_KINDS) })).max(500);
const replacement = { item: text(64, 1), sku: identifier, barcode };

const PACKAGE_COMMANDS = [
  plain('prepare'),
  plain('ready'),
  z.strictObject({
    command: z.literal('prepare_items'),
    missing: missing.exactOptional(),
    replacements: z.array(z.strictObject(replacement)).max(500).exactOptional(),
    found: z
      .array(z.strictObject({ ...units, barcode }))
      .max(500)
      .exactOptional(),
  }),
  plain('deallocate'),
  z.strictObject({
    command: z.literal('pack'),
    parcels: z.array(parcel).min(1).max(100).exactOptional(),
    withShipment: z.boolean().exactOptional(),
    invoice: z
      .strictObject(invoice)
      .exactOptional()
      .meta({ description: 'With `url` or `content`; none is asked for.' }),
  }),
  z.strictObject({ command: z.literal('refuse'), reason: identifier, note }),
  z.strictObject({
    command: z.literal('report_missing'),
    items: missing.min(1),
    scope: z.enum(['items', 'package']).exactOptional(),
  }),
  z.strictObject({ command: z.literal('replace_product'), ...replacement }),
  z.strictObject({ command: z.literal('block'), reason: text(256, 1) }),
  plain('unblock'),
  plain('release'),
  plain('reschedule'),
  z.strictObject({
    command: z.literal('plan_manually'),
    groups: z
      .array(z.strictObject({ location: identifier, items: z.array(z.strictObject(units)).min(1).max(500) }))
      .min(1)
      .max(100),
  }),
  plain('update_label'),
  z
    .strictObject({
      command: z.literal('update_invoice'),
      ...invoice,
    })
    .meta({ description: 'With `url` or `content`, the document in base64.' }),
  z.strictObject({
    command: z.literal('ship'),
    carrier: identifier.exactOptional(),
    trackingNumber: text(64, 1).exactOptional(),
    withoutIntegration: z.boolean().exactOptional(),
  }),
  z.strictObject({
    command: z.literal('update_shipment'),
    carrier: identifier,
    trackingNumber: text(64, 1),
    queryNumber: text(64, 1).exactOptional(),
  }),
  plain('ready_for_pickup'),
  z.strictObject({ command: z.literal('hand_over'), pickupCode: text(16, 1).exactOptional() }),
  plain('attempt_delivery'),
  plain('deliver'),
  plain('fail_delivery'),
  z.strictObject({
    command: z.literal('return'),
    items: z
      .array(
        z.strictObject({ ...units, condition: text(256, 1).exactOptional(), restock: z.boolean().exactOptional() }),
      )
      .min(1)
      .max(500)
      .exactOptional(),
  }),
  plain('pack_for_refund'),
  z.strictObject({ command: z.literal('cancel'), reason: identifier, note }),
  plain('confirm_cancellation'),
  z.strictObject({ command: z.literal('refuse_cancellation'), note }),
] as const;

const TRANSFER_COMMANDS = [
  z.strictObject({
    command: z.literal('ready'),
    carrier: identifier.exactOptional(),
    trackingNumber: text(64, 1).exactOptional(),
  }),
  plain('dispatch'),
  z.strictObject({
    command: z.literal('receive'),
    items: z
      .array(z.strictObject({ id: text(64, 1), receivedQuantity: z.int().min(0) }))
      .min(1)
      .max(500)
      .exactOptional()
      .meta({ description: 'What arrived; an item that is not named arrived in full.' }),
  }),
  z.strictObject({
    command: z.literal('report_missing'),
    items: z
      .array(z.strictObject({ ...units, kind: z.enum(MISSING_KINDS).exactOptional() }))
      .min(1)
      .max(500)
      .exactOptional()
      .meta({ description: 'What the source does not have; default: all. Nothing comes by this transfer any more.' }),
  }),
  z.strictObject({ command: z.literal('cancel'), reason: identifier.exactOptional(), note }),
] as const;

const lineUnits = z.strictObject({ id: identifier, quantity });

const ORDER_COMMANDS = [
  z.strictObject({
    command: z.literal('cancel'),
    reason: identifier,
    note,
    lines: z
      .array(lineUnits)
      .min(1)
      .max(500)
      .exactOptional()
      .meta({ description: 'Only these units, all of them or none; the whole order when absent.' }),
  }),
  z.strictObject({ command: z.literal('hold'), reason: text(256, 1) }),
  plain('release'),
  z.strictObject({ command: z.literal('change_address'), address }),
  z.strictObject({ command: z.literal('change_priority'), priority: z.int().min(1).max(5) }),
  plain('replan'),
] as const;

export const packageCommand = z.discriminatedUnion('command', PACKAGE_COMMANDS).meta({
  id: 'PackageCommand',
  description: 'A command of the package life cycle, its parameters beside its name.',
}) satisfies z.ZodType<PackageCommand>;

export const transferCommand = z.discriminatedUnion('command', TRANSFER_COMMANDS).meta({
  id: 'TransferCommand',
  description: 'A command of the transfer life cycle, its parameters beside its name.',
}) satisfies z.ZodType<TransferCommand>;

export const orderCommand = z
  .discriminatedUnion('command', ORDER_COMMANDS)
  .meta({ id: 'OrderCommand', description: 'A command to a whole order.' }) satisfies z.ZodType<OrderCommand>;

/** JSON Schema of what lies beside `command` in the body. */
export type ParameterSchema = Readonly<Record<string, unknown>>;

function parameters(commands: readonly z.ZodObject[]): ReadonlyMap<string, ParameterSchema> {
  return new Map(
    commands.map((schema) => {
      const [name] = (schema.shape.command as z.ZodLiteral<string>).values;
      const { $schema: _, ...described } = z.toJSONSchema(schema.omit({ command: true }), { io: 'input' });
      return [name ?? '', described];
    }),
  );
}

/** By command name; a command that is not in here is not offered. */
export const PACKAGE_PARAMETERS = parameters(PACKAGE_COMMANDS);
export const TRANSFER_PARAMETERS = parameters(TRANSFER_COMMANDS);
export const ORDER_PARAMETERS = parameters(ORDER_COMMANDS);
