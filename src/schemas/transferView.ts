import { z } from 'zod';

import { allowedCommands } from '../domain/lifecycle/lifecycle.js';
import { TRANSFER_LIFECYCLE, TRANSFER_STATES, type TransferState } from '../domain/lifecycle/transferLifecycle.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { TRANSFER_PARAMETERS } from './commands.js';
import { identifier } from './common.js';
import { runnableCommand, shipmentView } from './packageView.js';
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
    lifecycle: z.object({ name: z.string(), version: z.int() }),
    commands: z.array(runnableCommand),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Transfer', description: 'A transfer order: goods on their way to the place that packs them.' });

export type TransferView = z.infer<typeof transferView>;

/** The transfer as the API and the events show it. */
export function toTransferView(record: TransferRecord): TransferView {
  const { sequence: _, isReserved: __, ...shown } = record;
  return {
    ...shown,
    stateCode: TRANSFER_STATES[record.state].code,
    commands: allowedCommands(TRANSFER_LIFECYCLE, record.state).map(({ command, to }) => ({
      command,
      to: [...to],
      parameters: { ...TRANSFER_PARAMETERS.get(command) },
    })),
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
