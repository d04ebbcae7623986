import { SHIPMENT_STATUSES, type Shipment, type ShipmentStatus, type TrackingEvent } from './shipment.js';

/** These are told on purpose and always count; every other status only moves to a higher rank. */
const EXPLICIT: readonly ShipmentStatus[] = ['exception', 'returning', 'returned'];

/** After these the carrier has nothing more to tell. */
const OVER: readonly ShipmentStatus[] = ['delivered', 'returned', 'cancelled', 'expired'];

export const isTrackingOver = (status: ShipmentStatus): boolean => OVER.includes(status);

/**
 * The shipment with the carrier's news merged in, or null when there is none. Repeated and late events
 * change nothing: they are known by raw code and time, and the status moves forward only.
 */
export function hearNews(shipment: Shipment, told: readonly TrackingEvent[]): Shipment | null {
  const fresh = told.filter((event) => !shipment.events.some((known) => isSame(known, event)));
  if (fresh.length === 0) return null;
  const inOrder = [...fresh].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    ...shipment,
    status: inOrder.reduce((status, event) => forward(status, event.status), shipment.status),
    events: [...shipment.events, ...inOrder],
  };
}

function forward(from: ShipmentStatus, to: ShipmentStatus): ShipmentStatus {
  if (OVER.includes(from)) return from;
  if (EXPLICIT.includes(to)) return to;
  // What follows an exception is judged by itself, since an exception has no place in the row.
  if (from === 'exception') return to;
  return SHIPMENT_STATUSES[to] > SHIPMENT_STATUSES[from] ? to : from;
}

function isSame(a: TrackingEvent, b: TrackingEvent): boolean {
  return a.rawCode === b.rawCode && a.at === b.at;
}
