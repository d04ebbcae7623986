import { uuid4 } from '@temporalio/workflow';

import type { CommandOf, ReturnUnits } from '../../../domain/package/commands.js';
import { unitsOut } from '../../../domain/package/items.js';
import type { PackageItem } from '../../../domain/package/package.js';
import { unknownShipment, type Shipment } from '../../../domain/shipment/shipment.js';
import { carrierOnce, persist } from '../../activities.js';
import { refusal, unprocessable } from '../../failures.js';
import type { PackageProcess } from '../process.js';
import { claim } from './claim.js';

/** Wrong pickup codes that a package takes before it asks for another way. */
const PICKUP_ATTEMPTS = 5;

export async function pack(
  parcel: PackageProcess,
  { parcels = [], withShipment = true, invoice }: CommandOf<'pack'>,
): Promise<void> {
  const given = invoice && { invoice };
  if (!withShipment) return parcel.move('packed', { ...(given && { record: given }) });
  claim(parcel, 'waiting_cargo_label');
  const opened = await openShipmentOnce(parcel, parcels);
  if (opened === 'unanswered') {
    const shipment = { ...(parcel.record.shipment ?? unknownShipment(parcel.record.number)), parcels };
    return parcel.move('waiting_cargo_label', { record: { shipment, ...given } });
  }
  const events = opened ? (['shipment.created'] as const) : [];
  await parcel.move('packed', { record: { shipment: opened, ...given }, events });
}

export async function ship(
  parcel: PackageProcess,
  { carrier, trackingNumber, withoutIntegration = false }: CommandOf<'ship'>,
): Promise<void> {
  const back = claim(parcel, 'shipped');
  if (carrier !== undefined && !withoutIntegration && !(await persist('findCarrier', carrier))) {
    parcel.state = back;
    throw unprocessable('/carrier', `there is no active carrier ${carrier}`);
  }
  const known = parcel.record.shipment ?? unknownShipment(parcel.record.number);
  const isGiven = carrier !== undefined || trackingNumber !== undefined;
  const shipment: Shipment = {
    ...known,
    carrier: carrier ?? known.carrier,
    trackingNumber: trackingNumber ?? known.trackingNumber,
  };
  parcel.memory.isFollowed = !withoutIntegration && shipment.carrier !== null && shipment.trackingNumber !== null;
  await parcel.move('shipped', { record: { shipment: isGiven || parcel.record.shipment ? shipment : null } });
}

/** The parcel goes under another number: tracking continues with it. */
export async function updateShipment(
  parcel: PackageProcess,
  { carrier, trackingNumber, queryNumber }: CommandOf<'update_shipment'>,
): Promise<void> {
  const known = parcel.record.shipment ?? unknownShipment(parcel.record.number);
  if (carrier !== known.carrier && !(await persist('findCarrier', carrier)))
    throw unprocessable('/carrier', `there is no active carrier ${carrier}`);
  const shipment = { ...known, carrier, trackingNumber, queryNumber: queryNumber ?? known.queryNumber };
  parcel.memory.isFollowed = true;
  await parcel.amend({ record: { shipment }, events: ['package.shipment.updated'] });
}

/** It takes the place of any other, and none is asked for any more. */
export async function updateInvoice(
  parcel: PackageProcess,
  { number, type, date, url, content }: CommandOf<'update_invoice'>,
): Promise<void> {
  const document = { ...(url === undefined ? {} : { url }), ...(content === undefined ? {} : { content }) };
  const invoice = { number, type, date, ...document };
  await parcel.amend({ record: { invoice, awaitedInvoice: null }, events: ['package.invoice.updated'] });
  parcel.invoicing.pause();
}

/** Asks the carrier for the label again; a package that only waits for it is packed then. */
export async function updateLabel(parcel: PackageProcess): Promise<void> {
  const known = parcel.record.shipment;
  const opened = await openShipmentOnce(parcel, known?.parcels ?? []);
  if (opened === 'unanswered') throw refusal('service.unavailable', 'The carrier did not answer; try again');
  // What the parcel has gone through since stays.
  const shipment = opened && { ...opened, status: known?.status ?? opened.status, events: known?.events ?? [] };
  const events = [known?.trackingNumber ? ('package.shipment.updated' as const) : ('shipment.created' as const)];
  if (parcel.state === 'waiting_cargo_label') return parcel.move('packed', { record: { shipment }, events });
  await parcel.amend({ record: { shipment }, events });
}

/** The customer can come; the code tells the right person. */
export async function readyForPickup(parcel: PackageProcess): Promise<void> {
  const code = String(Number.parseInt(uuid4().slice(0, 8), 16) % 1_000_000).padStart(6, '0');
  await parcel.move('ready_for_pickup', { record: { pickup: { code, attemptsLeft: PICKUP_ATTEMPTS } } });
}

export async function handOver(parcel: PackageProcess, { pickupCode }: CommandOf<'hand_over'>): Promise<void> {
  const { pickup } = parcel.record;
  if (pickupCode !== undefined && pickup) {
    const { code, attemptsLeft } = pickup;
    if (attemptsLeft === 0) throw unprocessable('/pickupCode', 'too many wrong codes were tried');
    if (pickupCode !== code) {
      await parcel.amend({ record: { pickup: { code, attemptsLeft: attemptsLeft - 1 } }, events: [], isRefused: true });
      throw unprocessable('/pickupCode', `the code is wrong; ${attemptsLeft - 1} attempts are left`);
    }
  }
  await parcel.move('delivered');
}

/** Units come back. The package is returned when all of them have; until then it goes on with the rest. */
export async function takeBack(parcel: PackageProcess, { items: returned }: CommandOf<'return'>): Promise<void> {
  const items = parcel.record.items.map((item) => withReturns(item, returned));
  const isWhole = items.every((item) => unitsOut(item) === 0);
  if (isWhole) return parcel.move('returned', { record: { items }, events: ['package.items.returned'] });
  await parcel.amend({ record: { items }, events: ['package.items.returned'] });
}

function withReturns(item: PackageItem, returned: readonly ReturnUnits[] | undefined): PackageItem {
  const all: ReturnUnits[] = unitsOut(item) > 0 ? [{ id: item.id, quantity: unitsOut(item) }] : [];
  const fresh = (returned ?? all)
    .filter(({ id }) => id === item.id)
    .map(({ quantity, condition = null, restock = false }) => ({ quantity, condition, restock }));
  return fresh.length === 0 ? item : { ...item, returns: [...(item.returns ?? []), ...fresh] };
}

async function openShipmentOnce(
  parcel: PackageProcess,
  parcels: Shipment['parcels'],
): Promise<Shipment | null | 'unanswered'> {
  parcel.memory.hasAskedCarrier = true;
  try {
    const shipment = await carrierOnce().openShipment({ package: parcel.record.number, parcels });
    // No carrier serves this order, or it has no interface: there is nothing to take back.
    if (shipment === null || shipment.trackingNumber === null) parcel.memory.hasAskedCarrier = false;
    return shipment;
  } catch {
    return 'unanswered';
  }
}
