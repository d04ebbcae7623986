import { z } from 'zod';

import type { OrderCommand } from '../domain/order/commands.js';
import type { PackageCommand } from '../domain/package/commands.js';
import { identifier, text } from './common.js';

const positive = z.number().positive();

const parcel = z.strictObject({
  weight: positive.exactOptional(),
  length: positive.exactOptional(),
  width: positive.exactOptional(),
  height: positive.exactOptional(),
  trackingNumber: text(64, 1).exactOptional(),
});

const plain = <const Name extends string>(name: Name) => z.strictObject({ command: z.literal(name) });

const note = text(1024).exactOptional();

const PACKAGE_COMMANDS = [
  plain('prepare'),
  plain('ready'),
  plain('unblock'),
  plain('release'),
  plain('reschedule'),
  plain('ready_for_pickup'),
  plain('attempt_delivery'),
  plain('deliver'),
  plain('fail_delivery'),
  plain('return'),
  plain('confirm_cancellation'),
  z.strictObject({ command: z.literal('refuse_cancellation'), note }),
  z.strictObject({ command: z.literal('refuse'), reason: identifier, note }),
  z.strictObject({ command: z.literal('cancel'), reason: identifier, note }),
  z.strictObject({ command: z.literal('block'), reason: text(256, 1) }),
  z.strictObject({
    command: z.literal('pack'),
    parcels: z.array(parcel).min(1).max(100).exactOptional(),
    withShipment: z.boolean().exactOptional(),
  }),
  z.strictObject({
    command: z.literal('ship'),
    carrier: identifier.exactOptional(),
    trackingNumber: text(64, 1).exactOptional(),
    withoutIntegration: z.boolean().exactOptional(),
  }),
] as const;

const ORDER_COMMANDS = [z.strictObject({ command: z.literal('cancel'), reason: identifier, note })] as const;

export const packageCommand = z.discriminatedUnion('command', PACKAGE_COMMANDS).meta({
  id: 'PackageCommand',
  description: 'A command of the package life cycle, its parameters beside its name.',
}) satisfies z.ZodType<PackageCommand>;

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
export const ORDER_PARAMETERS = parameters(ORDER_COMMANDS);
