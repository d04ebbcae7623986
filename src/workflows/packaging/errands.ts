import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';

import { findTransition } from '../../domain/lifecycle/lifecycle.js';
import type { PackageCommandName } from '../../domain/lifecycle/packageLifecycle.js';
import { awaitedUnits } from '../../domain/package/items.js';
import type { Shipment, ShipmentStatus, TrackingEvent } from '../../domain/shipment/shipment.js';
import { hearNews, isTrackingOver } from '../../domain/shipment/tracking.js';
import { carrier, tracking } from '../activities.js';
import { isLongRun } from '../carryingOn.js';
import { followHold, holdErrandOf } from './held.js';
import type { PackageProcess } from './process.js';
import { giveUpExcess, hasExcess } from './transfers.js';

/** What the package does by itself in its state, beside waiting for commands. */
type Errand =
  'follow_hold' | 'give_up_excess' | 'leave_transfers' | 'fetch_label' | 'ask_carrier_to_cancel' | 'follow_parcel';

/** Where tracking news leads a package; news that is not in here changes the shipment only. */
const TRACKED: Partial<
  Record<ShipmentStatus, { command: PackageCommandName; state: 'delivered' | 'attempted_delivery' | 'returned' }>
> = {
  delivered: { command: 'track_delivered', state: 'delivered' },
  attempt_failed: { command: 'track_attempt', state: 'attempted_delivery' },
  returned: { command: 'track_returned', state: 'returned' },
};

/** The errand of the moment, or null when only commands can move the package. */
export function errandOf(parcel: PackageProcess): Errand | null {
  const { state, shipment } = parcel.record;
  // While a step is under way, the record does not tell where the package will be.
  if (parcel.state !== state) return null;
  if (holdErrandOf(parcel) !== null) return 'follow_hold';
  if (hasExcess(parcel)) return 'give_up_excess';
  // Also when what was missing was cancelled, or comes from nowhere.
  const isComplete = parcel.record.items.every((item) => awaitedUnits(item) === 0);
  if (state === 'waiting_for_transfer' && isComplete) return 'leave_transfers';
  if (state === 'waiting_cargo_label') return 'fetch_label';
  if (state === 'cancellation_waiting' && parcel.memory.hasAskedCarrier) return 'ask_carrier_to_cancel';
  const isOnTheWay = ['shipped', 'attempted_delivery', 'ready_for_pickup', 'delivery_failed'].includes(state);
  return isOnTheWay && parcel.memory.isFollowed && shipment && !isTrackingOver(shipment.status)
    ? 'follow_parcel'
    : null;
}

/** It ends by itself within the step; the others wait for a carrier, and the next run begins them anew. */
export function hasShortErrand(parcel: PackageProcess): boolean {
  const errand = errandOf(parcel);
  return errand === 'follow_hold' || errand === 'give_up_excess' || errand === 'leave_transfers';
}

/** Runs the errand of the moment to its end, or until a command takes the package elsewhere. */
export async function runErrand(parcel: PackageProcess): Promise<void> {
  switch (errandOf(parcel)) {
    case 'follow_hold':
      return followHold(parcel);
    case 'give_up_excess':
      return parcel.turns.take(() => giveUpExcess(parcel));
    case 'leave_transfers':
      return parcel.runSystem('transfers_arrived', () => parcel.move('waiting'));
    case 'fetch_label':
      return fetchLabel(parcel);
    case 'ask_carrier_to_cancel':
      return askCarrierToCancel(parcel);
    case 'follow_parcel':
      return followParcel(parcel);
    case null:
  }
}

async function fetchLabel(parcel: PackageProcess): Promise<void> {
  const { number, shipment } = parcel.record;
  const opened = await whileErrand(parcel, 'fetch_label', () =>
    carrier().openShipment({ package: number, parcels: shipment?.parcels ?? [] }),
  );
  if (opened === 'overtaken') return;
  await parcel.runSystem('label_arrived', () =>
    parcel.move('packed', { record: { shipment: opened }, events: opened ? ['shipment.created'] : [] }),
  );
}

async function askCarrierToCancel(parcel: PackageProcess): Promise<void> {
  const { number, shipment } = parcel.record;
  const answer = await whileErrand(parcel, 'ask_carrier_to_cancel', () =>
    carrier().cancelShipment({ package: number, shipment }),
  );
  if (answer === 'overtaken') return;
  await parcel.runSystem(answer === 'cancelled' ? 'confirm_cancellation' : 'refuse_cancellation', () =>
    answer === 'cancelled'
      ? parcel.move('cancelled')
      : parcel.move(parcel.record.stateBefore ?? 'packed', { record: { stateBefore: null, reason: null } }),
  );
}

/**
 * A label that was fetched before packing has a shipment behind it, which nobody uses when the package is given up. What
 * was packed has asked the carrier before it was cancelled.
 */
export function hasUnusedShipment({ record: { state, stateBefore }, memory }: PackageProcess): boolean {
  const wasPacked = stateBefore === 'packed' || stateBefore === 'waiting_cargo_label';
  return (state === 'cancelled' || state === 'packed_for_refund') && !wasPacked && memory.hasAskedCarrier;
}

/** Also when the carrier has let it leave: nobody could do more about it here. */
export async function takeShipmentBack({ record: { number, shipment } }: PackageProcess): Promise<void> {
  await carrier().cancelShipment({ package: number, shipment });
}

async function followParcel(parcel: PackageProcess): Promise<void> {
  const { number, shipment } = parcel.record;
  if (!shipment) return;
  const since = parcel.record.updatedAt;
  const news = await whileErrand(parcel, 'follow_parcel', () =>
    tracking().trackShipment({ package: number, shipment, since }),
  );
  if (news === 'overtaken') return;
  await parcel.turns.take(async () => {
    // Something was heard meanwhile, or a person has moved it: the time begins anew.
    if (news.status === 'expired' && parcel.record.updatedAt !== since) return;
    await hear(parcel, news);
  });
}

/** The carrier tells by itself, in any order and more than once. */
export const hearPush = (parcel: PackageProcess, told: readonly TrackingEvent[]): Promise<void> =>
  parcel.turns.take(async () => {
    const { shipment } = parcel.record;
    if (shipment) await hear(parcel, { ...shipment, events: told });
  });

/** Moves the package as its news says, or keeps the news when the package is elsewhere by now. */
async function hear(parcel: PackageProcess, told: Shipment): Promise<void> {
  const known = parcel.record.shipment;
  // News of a number under which the parcel does not go any more.
  if (parcel.isDone || !known || told.trackingNumber !== known.trackingNumber) return;
  // What was pushed while the carrier was being asked is there already.
  const shipment = told.status === 'expired' ? { ...known, status: told.status } : hearNews(known, told.events);
  if (!shipment) return;
  const events = [`shipment.status.${shipment.status}` as const];
  const step = TRACKED[shipment.status];
  if (!step || !findTransition(parcel.lifecycle, parcel.state, step.command))
    return parcel.amend({ record: { shipment }, events });
  await parcel.move(step.state, { record: { shipment }, events });
}

/** Runs `work`, and calls it off as soon as it is no longer the errand of the moment, or one for the next run. */
async function whileErrand<Result>(
  parcel: PackageProcess,
  errand: Errand,
  work: () => Promise<Result>,
): Promise<Result | 'overtaken'> {
  const scope = new CancellationScope();
  const working = scope.run(work);
  // A parcel that goes under another number is followed anew.
  const { carrier: by, trackingNumber: under } = parcel.record.shipment ?? {};
  const isStill = () =>
    errandOf(parcel) === errand &&
    !isLongRun(parcel.input) &&
    parcel.record.shipment?.carrier === by &&
    parcel.record.shipment?.trackingNumber === under;
  const overtaken = condition(() => !isStill()).then(() => scope.cancel());
  try {
    return await working;
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return 'overtaken';
  } finally {
    overtaken.catch(() => undefined);
  }
}
