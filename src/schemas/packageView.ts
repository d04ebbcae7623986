import { z } from 'zod';

import type { Role } from '../domain/configuration/role.js';
import { allowedCommands } from '../domain/lifecycle/lifecycle.js';
import { PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import type { PackageLifecycle } from '../domain/lifecycle/pinned.js';
import { AWAITED_INVOICES, isHeldWithOrder, type PackageRecord } from '../domain/package/package.js';
import { SHIPMENT_STATUSES, type ShipmentStatus } from '../domain/shipment/shipment.js';
import { PACKAGE_PARAMETERS } from './commands.js';
import { lifecycleVersion, offeredCommand, offersTo, slugOfState } from './offeredCommand.js';

const packageState = z.enum(Object.keys(PACKAGE_STATES) as [PackageState, ...PackageState[]]);
const shipmentStatus = z.enum(Object.keys(SHIPMENT_STATUSES) as [ShipmentStatus, ...ShipmentStatus[]]);

export const shipmentView = z.object({
  id: z.string(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  queryNumber: z.string().nullable(),
  awbNumber: z.string().nullable(),
  label: z.string().nullable().meta({ description: 'Where the carrier has it.' }),
  storedLabels: z.array(z.int()).optional().meta({
    description: 'Kept labels: 0 for the shipment, from 1 on its parcels; `GET /v1/packages/{number}/label`.',
  }),
  parcels: z.array(z.record(z.string(), z.unknown())),
  status: shipmentStatus,
  events: z.array(
    z.object({
      status: shipmentStatus,
      rawCode: z.string(),
      at: z.string(),
      description: z.string().optional(),
      trackingNumber: z.string().optional(),
    }),
  ),
});

export const packageView = z
  .object({
    number: z.string(),
    order: z.string(),
    location: z.string(),
    state: packageState,
    stateSlug: slugOfState,
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
        isStored: z
          .boolean()
          .optional()
          .meta({ description: 'The document is kept: `GET /v1/packages/{number}/invoice`.' }),
      })
      .nullable(),
    awaitedInvoice: z
      .object({
        status: z.enum(AWAITED_INVOICES),
        command: z.string().meta({ description: 'After which it was asked for.' }),
        from: packageState,
        since: z.string(),
        detail: z
          .string()
          .nullable()
          .meta({ description: 'Why it does not come; what went wrong last while it is `pending`.' }),
      })
      .nullable()
      .optional()
      .meta({ description: 'An invoice that was asked for and is not there.' }),
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
    lifecycle: lifecycleVersion,
    commands: z.array(offeredCommand),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Package', description: 'A packaging order: what one location packs and ships for one order.' });

export type PackageView = z.infer<typeof packageView>;

/**
 * The package as the API and the events show it.
 *
 * @param lifecycle The one that it keeps.
 * @param viewer Whose commands are listed; null lists those of everybody.
 */
export function toPackageView(
  record: PackageRecord,
  lifecycle: PackageLifecycle,
  viewer: Role | null = null,
): PackageView {
  const { sequence: _, stateBefore: __, isReserved: ___, ...shown } = record;
  const { state } = record;
  return {
    ...shown,
    stateSlug: lifecycle.states[state].slug ?? state,
    stateCode: PACKAGE_STATES[state].code,
    commands: runnableCommands(record, lifecycle, viewer),
  } as unknown as PackageView;
}

function runnableCommands(record: PackageRecord, lifecycle: PackageLifecycle, viewer: Role | null) {
  const allowed = allowedCommands(lifecycle, record.state, record.stateBefore).filter(
    ({ command }) => command !== 'unblock' || !isHeldWithOrder(record),
  );
  return offersTo(viewer, lifecycle, allowed, PACKAGE_PARAMETERS);
}
