import { z } from 'zod';

import type { Role } from '../domain/configuration/role.js';
import { allowedCommands } from '../domain/lifecycle/lifecycle.js';
import type { TransferLifecycle } from '../domain/lifecycle/pinned.js';
import { TRANSFER_STATES, type TransferState } from '../domain/lifecycle/transferLifecycle.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { TRANSFER_PARAMETERS } from './commands.js';
import { identifier } from './common.js';
import { lifecycleVersion, offeredCommand, offersTo, slugOfState } from './offeredCommand.js';
import { shipmentView } from './packageView.js';
import { pageQuery } from './page.js';

const transferState = z.enum(Object.keys(TRANSFER_STATES) as [TransferState, ...TransferState[]]);

export const transferView = z
  .object({
    number: z.string(),
    order: z.string(),
    package: z.string(),
    source: z.string(),
    destination: z.string(),
    state: transferState,
    stateSlug: slugOfState,
    stateCode: z.int(),
    version: z.int(),
    items: z.array(
      z.object({
        id: z.string(),
        packageItem: z.string().describe('The item of the package that waits for them.'),
        lineId: z.string(),
        sku: z.string(),
        name: z.string(),
        barcode: z.string().optional(),
        quantity: z.int(),
        receivedQuantity: z.int().optional(),
        unwanted: z.int().optional().describe('Units that nobody waits for any more; they stay at the destination.'),
      }),
    ),
    shipment: shipmentView.nullable(),
    reason: z.object({ kind: z.string(), code: z.string().nullable(), note: z.string().nullable() }).nullable(),
    lifecycle: lifecycleVersion,
    commands: z.array(offeredCommand),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Transfer', description: 'A transfer order: goods on their way to the place that packs them.' });

export type TransferView = z.infer<typeof transferView>;

/**
 * The transfer as the API and the events show it.
 *
 * @param lifecycle The one that it keeps.
 * @param viewer Whose commands are listed; null lists those of everybody.
 */
export function toTransferView(
  record: TransferRecord,
  lifecycle: TransferLifecycle,
  viewer: Role | null = null,
): TransferView {
  const { sequence: _, isReserved: __, ...shown } = record;
  return {
    ...shown,
    stateSlug: lifecycle.states[record.state].slug ?? record.state,
    stateCode: TRANSFER_STATES[record.state].code,
    commands: offersTo(viewer, lifecycle, allowedCommands(lifecycle, record.state), TRANSFER_PARAMETERS),
    // The record is read-only throughout; a view is a copy that its receiver may do with as it likes.
  } as unknown as TransferView;
}

/** A package number with `T<n>` behind it. */
const transferNumber = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}P\d{1,9}T\d{1,9}$/, 'must be a transfer number');

export const transferParams = z.strictObject({ number: transferNumber });

export const transferQuery = pageQuery.extend({
  state: transferState.exactOptional(),
  /** Goods leave it or come to it. */
  location: identifier.exactOptional(),
  order: identifier.exactOptional(),
  package: identifier.exactOptional(),
});
