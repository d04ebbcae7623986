import type { PackageState } from '../../domain/lifecycle/packageLifecycle.js';
import type { PackageCommand } from '../../domain/package/commands.js';
import type { PackageReason } from '../../domain/package/package.js';
import type { Shipment } from '../../domain/shipment/shipment.js';
import { carrierOnce, persist } from '../activities.js';
import { refusal } from '../failures.js';
import { orderWorkflowId, packageReportSignal, type PackageReport } from '../messages.js';
import { tell } from '../tell.js';
import type { PackageProcess } from './process.js';

type Effect<Name extends PackageCommand['command']> = (
  parcel: PackageProcess,
  command: Extract<PackageCommand, { command: Name }>,
) => Promise<void>;

const moveTo = (state: PackageState) => (parcel: PackageProcess) => parcel.move(state);

/** What each command does. The table has allowed it, and nobody else touches the package meanwhile. */
const EFFECTS: { readonly [Name in PackageCommand['command']]: Effect<Name> } = {
  prepare: moveTo('preparing'),
  ready: moveTo('ready_for_packaging'),
  release: moveTo('waiting'),
  ready_for_pickup: moveTo('ready_for_pickup'),
  attempt_delivery: moveTo('attempted_delivery'),
  deliver: moveTo('delivered'),
  fail_delivery: moveTo('delivery_failed'),
  return: moveTo('returned'),
  confirm_cancellation: (parcel) => parcel.move('cancelled'),

  block: (parcel, { reason }) =>
    parcel.move('blocked', {
      record: { stateBefore: parcel.record.state, reason: { kind: 'block', code: reason, note: null } },
    }),
  unblock: (parcel) => parcel.move(stateBefore(parcel), { record: { stateBefore: null, reason: null } }),
  refuse_cancellation: (parcel) => parcel.move(stateBefore(parcel), { record: { stateBefore: null, reason: null } }),

  refuse: async (parcel, { reason: code, note }) => {
    // Claimed before the first wait, so that no other command passes the guard meanwhile.
    const back = claim(parcel, 'needs_rescheduling');
    if (!(await persist('findDenialReason', code))) throw unknownReason(parcel, back, code);
    const reason: PackageReason = { kind: 'denial', code, note: note ?? null };
    await parcel.move('needs_rescheduling', { record: { reason }, events: ['package.refused'], release: true });
    await report(parcel, { kind: 'returned', excludeLocation: parcel.record.location });
  },

  reschedule: async (parcel) => {
    if (parcel.state === 'stale_waiting') {
      await parcel.move('needs_rescheduling');
      await report(parcel, { kind: 'returned', excludeLocation: null });
    } else {
      await report(parcel, { kind: 'reschedule', excludeLocation: null });
    }
  },

  cancel: async (parcel, { reason: code, note }) => {
    const back = claim(parcel, 'cancelled');
    if (!(await persist('findCancellationReason', code))) throw unknownReason(parcel, back, code);
    parcel.state = back;
    await cancelPackage(parcel, { code, note: note ?? null });
  },

  pack: async (parcel, { parcels, withShipment = true }) => {
    if (!withShipment) return parcel.move('packed', { release: true });
    claim(parcel, 'waiting_cargo_label');
    const opened = await openShipmentOnce(parcel, parcels ?? []);
    if (opened === 'unanswered') {
      await parcel.move('waiting_cargo_label', {
        record: { shipment: expectedShipment(parcel, parcels ?? []) },
        release: true,
      });
    } else {
      await parcel.move('packed', {
        record: { shipment: opened },
        events: opened ? ['shipment.created'] : [],
        release: true,
      });
    }
  },

  ship: async (parcel, { carrier, trackingNumber, withoutIntegration = false }) => {
    const back = claim(parcel, 'shipped');
    if (carrier !== undefined && !withoutIntegration && !(await persist('findCarrier', carrier))) {
      parcel.state = back;
      throw refusal('request.unprocessable', `There is no active carrier ${carrier}`, {
        errors: [{ pointer: '/carrier', detail: `there is no active carrier ${carrier}` }],
      });
    }
    const known = parcel.record.shipment ?? emptyShipment(parcel);
    const isGiven = carrier !== undefined || trackingNumber !== undefined;
    const shipment: Shipment = {
      ...known,
      carrier: carrier ?? known.carrier,
      trackingNumber: trackingNumber ?? known.trackingNumber,
    };
    parcel.isFollowed = !withoutIntegration && shipment.carrier !== null && shipment.trackingNumber !== null;
    await parcel.move('shipped', { record: { shipment: isGiven || parcel.record.shipment ? shipment : null } });
  },
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
  if (!isPacked) return parcel.move('cancelled', { record: { reason }, release: true });
  await parcel.move('cancellation_waiting', { record: { reason, stateBefore: parcel.state } });
  if (!parcel.hasAskedCarrier) await parcel.move('cancelled');
}

/** Tells the order. The order is always there: it waits for its packages. */
export async function report(
  parcel: PackageProcess,
  { kind, excludeLocation }: Pick<PackageReport, 'kind' | 'excludeLocation'>,
): Promise<void> {
  const { number, order, state } = parcel.record;
  await tell(orderWorkflowId(order), packageReportSignal, {
    package: number,
    kind,
    state,
    excludeLocation,
  });
}

/** Takes the state before the first wait and answers the one to go back to. */
function claim(parcel: PackageProcess, state: PackageState): PackageState {
  const back = parcel.state;
  parcel.state = state;
  return back;
}

function unknownReason(parcel: PackageProcess, back: PackageState, code: string) {
  parcel.state = back;
  const detail = `there is no active reason ${code}`;
  return refusal('request.unprocessable', `T${detail.slice(1)}`, { errors: [{ pointer: '/reason', detail }] });
}

function stateBefore(parcel: PackageProcess): PackageState {
  return parcel.record.stateBefore ?? 'waiting';
}

async function openShipmentOnce(
  parcel: PackageProcess,
  parcels: Shipment['parcels'],
): Promise<Shipment | null | 'unanswered'> {
  parcel.hasAskedCarrier = true;
  try {
    const shipment = await carrierOnce().openShipment({ package: parcel.record.number, parcels });
    // No carrier serves this order, or it has no interface: there is nothing to take back.
    if (shipment === null || shipment.trackingNumber === null) parcel.hasAskedCarrier = false;
    return shipment;
  } catch {
    return 'unanswered';
  }
}

const expectedShipment = (parcel: PackageProcess, parcels: Shipment['parcels']): Shipment => ({
  ...emptyShipment(parcel),
  parcels,
});

function emptyShipment(parcel: PackageProcess): Shipment {
  return {
    id: parcel.record.number,
    carrier: null,
    trackingNumber: null,
    queryNumber: null,
    awbNumber: null,
    label: null,
    parcels: [],
    status: 'unknown',
    events: [],
  };
}
