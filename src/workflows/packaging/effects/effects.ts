import type { PackageState } from '../../../domain/lifecycle/packageLifecycle.js';
import type { CommandOf, PackageCommand } from '../../../domain/package/commands.js';
import type { PackageReason } from '../../../domain/package/package.js';
import { persist } from '../../activities.js';
import { unprocessable } from '../../failures.js';
import type { PackageProcess } from '../process.js';
import { claim, stateBefore } from './claim.js';
import { planManually, refuse, reportMissing, reschedule } from './givingBack.js';
import { prepareItems, replaceProduct } from './picking.js';
import {
  handOver,
  pack,
  readyForPickup,
  ship,
  takeBack,
  updateInvoice,
  updateLabel,
  updateShipment,
} from './shipping.js';

type Effect<Name extends PackageCommand['command']> = (
  parcel: PackageProcess,
  command: CommandOf<Name>,
) => Promise<void>;

const moveTo = (state: PackageState) => (parcel: PackageProcess) => parcel.move(state);

/** What each command does. The table has allowed it, and nobody else touches the package meanwhile. */
const EFFECTS: { readonly [Name in PackageCommand['command']]: Effect<Name> } = {
  prepare: moveTo('preparing'),
  ready: moveTo('ready_for_packaging'),
  release: moveTo('waiting'),
  attempt_delivery: moveTo('attempted_delivery'),
  deliver: moveTo('delivered'),
  fail_delivery: moveTo('delivery_failed'),
  confirm_cancellation: moveTo('cancelled'),
  pack_for_refund: moveTo('packed_for_refund'),
  deallocate: (parcel) => parcel.move('preparing', { record: { isReserved: false } }),

  block: (parcel, { reason }) =>
    parcel.move('blocked', {
      record: { stateBefore: parcel.record.state, reason: { kind: 'block', code: reason, note: null } },
    }),
  unblock: (parcel) => parcel.move(stateBefore(parcel), { record: { stateBefore: null, reason: null } }),
  refuse_cancellation: (parcel) => parcel.move(stateBefore(parcel), { record: { stateBefore: null, reason: null } }),

  refuse,
  reschedule,
  report_missing: (parcel, { items: units, scope = 'items' }) =>
    reportMissing(parcel, { units, isWholePackage: scope === 'package', items: parcel.record.items }, (change) =>
      parcel.amend(change),
    ),
  plan_manually: (parcel, { groups }) => planManually(parcel, groups),
  prepare_items: prepareItems,
  replace_product: replaceProduct,

  cancel: async (parcel, { reason: code, note }) => {
    const back = claim(parcel, 'cancelled');
    const isKnown = await persist('findCancellationReason', code);
    parcel.state = back;
    if (!isKnown) throw unprocessable('/reason', `there is no active reason ${code}`);
    await cancelPackage(parcel, { code, note: note ?? null });
  },

  pack,
  ship,
  update_label: updateLabel,
  update_shipment: updateShipment,
  update_invoice: updateInvoice,
  ready_for_pickup: readyForPickup,
  hand_over: handOver,
  return: takeBack,
};

/** Carries out a command that the guard has let pass. */
export async function carryOut(parcel: PackageProcess, command: PackageCommand): Promise<void> {
  await (EFFECTS[command.command] as Effect<PackageCommand['command']>)(parcel, command);
}

/**
 * Ends the package, or asks the carrier first when it may have the parcel's shipment: the answer then
 * decides (see `errands.ts`).
 */
export async function cancelPackage(
  parcel: PackageProcess,
  { code, note }: { code: string; note: string | null },
): Promise<void> {
  const reason: PackageReason = { kind: 'cancellation', code, note };
  const isPacked = parcel.state === 'packed' || parcel.state === 'waiting_cargo_label';
  if (!isPacked) return parcel.move('cancelled', { record: { reason } });
  await parcel.move('cancellation_waiting', { record: { reason, stateBefore: parcel.state } });
  if (parcel.memory.hasAskedCarrier) return;
  const confirmation = { command: 'confirm_cancellation', by: 'oms', way: 'system' } as const;
  await parcel.caused(confirmation, () => parcel.move('cancelled'));
}
