import { z } from 'zod';

import { allowedCommands, isFinal } from '../domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE, PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import { isHeldWithOrder, type PackageRecord } from '../domain/package/package.js';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '../domain/shipment/shipment.js';
import { PACKAGE_PARAMETERS } from './commands.js';

const packageState = z.enum(Object.keys(PACKAGE_STATES) as [PackageState, ...PackageState[]]);
const shipmentStatus = z.enum(Object.keys(SHIPMENT_STATUSES) as [ShipmentStatus, ...ShipmentStatus[]]);

/** A command that can run now, where it leads and what it takes. */
export const runnableCommand = z
  .object({
    command: z.string(),
    to: z.array(z.string()).describe('States that the command can lead to.'),
    parameters: z.record(z.string(), z.unknown()).describe('JSON Schema of what lies beside `command` in the body.'),
  })
  .meta({ id: 'RunnableCommand' });

export const shipmentView = z.object({
  id: z.string(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  queryNumber: z.string().nullable(),
  awbNumber: z.string().nullable(),
  label: z.string().nullable(),
  parcels: z.array(z.record(z.string(), z.unknown())),
  status: shipmentStatus,
  events: z.array(
    z.object({ status: shipmentStatus, rawCode: z.string(), at: z.string(), description: z.string().optional() }),
  ),
});

export const packageView = z
  .object({
    number: z.string(),
    order: z.string(),
    location: z.string(),
    state: packageState,
    stateCode: z.int(),
    version: z.int(),
    items: z.array(
      z.object({
        id: z.string(),
        lineId: z.string(),
        sku: z.string(),
        name: z.string(),
        barcode: z.string().optional(),
        quantity: z.int(),
        awaited: z.int().optional().meta({ description: 'Units of `quantity` that transfers are to bring.' }),
        unitPrice: z.int(),
        keepTogetherGroup: z.string().optional(),
        orderedSku: z
          .string()
          .optional()
          .meta({ description: 'What was ordered, where another product goes instead.' }),
        returns: z
          .array(z.object({ quantity: z.int(), condition: z.string().nullable(), restock: z.boolean() }))
          .optional()
          .meta({ description: 'What came back after shipping; counted within `quantity`.' }),
      }),
    ),
    transfers: z.array(z.string()),
    shipment: shipmentView.nullable(),
    invoice: z
      .object({
        number: z.string(),
        type: z.string(),
        date: z.string(),
        url: z.string().optional(),
        content: z.string().optional(),
      })
      .nullable(),
    pickup: z
      .object({ code: z.string().optional(), attemptsLeft: z.int() })
      .nullable()
      .meta({ description: 'Proof that the right person collects; stores do not see the code.' }),
    rule: z.string().nullable(),
    replaces: z.string().nullable(),
    replacedBy: z.array(z.string()),
    reason: z.object({ kind: z.string(), code: z.string().nullable(), note: z.string().nullable() }).nullable(),
    remoteId: z.string().nullable(),
    dueAt: z.string().nullable(),
    lifecycle: z.object({ name: z.string(), version: z.int() }),
    commands: z.array(runnableCommand),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Package', description: 'A packaging order: what one location packs and ships for one order.' });

export type PackageView = z.infer<typeof packageView>;

/** The package as the API and the events show it. */
export function toPackageView(record: PackageRecord): PackageView {
  const { sequence: _, stateBefore: __, isReserved: ___, ...shown } = record;
  return {
    ...shown,
    stateCode: PACKAGE_STATES[record.state].code,
    commands: runnableCommands(record),
  } as unknown as PackageView;
}

function runnableCommands(record: PackageRecord) {
  // The workflow of a package that ended is closed, so corrections that the table still has are not possible.
  if (isFinal(PACKAGE_LIFECYCLE, record.state)) return [];
  return allowedCommands(PACKAGE_LIFECYCLE, record.state, record.stateBefore).flatMap(({ command, to }) => {
    if (command === 'unblock' && isHeldWithOrder(record)) return [];
    const parameters = PACKAGE_PARAMETERS.get(command);
    return parameters ? [{ command, to: [...to], parameters: { ...parameters } }] : [];
  });
}
