import { SHIPMENT_STATUSES, type Shipment, type ShipmentStatus, type TrackingEvent } from './shipment.js';

/** These are told on purpose and always count; every other status only moves to a higher rank. */
const EXPLICIT: readonly ShipmentStatus[] = ['exception', 'returning', 'returned'];

/** After these the carrier has nothing more to tell. */
const OVER: readonly ShipmentStatus[] = ['delivered', 'returned', 'cancelled', 'expired'];

export const isTrackingOver = (status: ShipmentStatus): boolean => OVER.includes(status);

/**
 * The shipment with the carrier's news merged in, or null when there is none. Repeated and late events
 * change nothing: they are known by raw code, time and parcel, and the status moves forward only.
 */
export function hearNews(shipment: Shipment, told: readonly TrackingEvent[]): Shipment | null {
  const fresh = told.filter(
    (event, index) =>
      !shipment.events.some((known) => isSame(known, event)) &&
      !told.slice(0, index).some((earlier) => isSame(earlier, event)),
  );
  if (fresh.length === 0) return null;
  const inOrder = [...fresh].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const events = [...shipment.events, ...inOrder];
  return { ...shipment, status: statusAfter({ ...shipment, events }, inOrder), events };
}

/** A shipment of several parcels is as far as the one that is least far: it is delivered when all of them are. */
function statusAfter(shipment: Shipment, fresh: readonly TrackingEvent[]): ShipmentStatus {
  const numbers = parcelNumbers(shipment);
  const ofAll = fresh.filter(({ trackingNumber }) => trackingNumber === undefined || !numbers.includes(trackingNumber));
  const status = ofAll.reduce((before, event) => forward(before, event.status), shipment.status);
  if (ofAll.length === fresh.length) return status;
  const least = numbers
    .map((number) => statusOfParcel(shipment, number))
    .reduce((a, b) => (SHIPMENT_STATUSES[b] < SHIPMENT_STATUSES[a] ? b : a));
  return forward(status, least);
}

/** Those of its parcels that the carrier tells apart; none where they all go under one number. */
function parcelNumbers({ parcels }: Shipment): string[] {
  const numbers = parcels.flatMap(({ trackingNumber }) => (trackingNumber === undefined ? [] : [trackingNumber]));
  return numbers.length === parcels.length && numbers.length > 1 ? numbers : [];
}

const statusOfParcel = ({ events }: Shipment, number: string): ShipmentStatus =>
  events
    .filter(({ trackingNumber }) => trackingNumber === number)
    .reduce<ShipmentStatus>((status, event) => forward(status, event.status), 'unknown');

function forward(from: ShipmentStatus, to: ShipmentStatus): ShipmentStatus {
  if (OVER.includes(from)) return from;
  if (EXPLICIT.includes(to)) return to;
  // What follows an exception is judged by itself, since an exception has no place in the row.
  if (from === 'exception') return to;
  return SHIPMENT_STATUSES[to] > SHIPMENT_STATUSES[from] ? to : from;
}

function isSame(a: TrackingEvent, b: TrackingEvent): boolean {
  return a.rawCode === b.rawCode && a.at === b.at && a.trackingNumber === b.trackingNumber;
}
