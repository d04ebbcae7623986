import { orderSubject, packageSubject } from '../events/event.js';
import { lineQuantities } from '../order/quantities.js';
import type { OrderBooks, Violation } from './books.js';

/** 8: no more units leave than were ordered, and no two packages have one shipment. */
export function checkShipments({ order, packages }: OrderBooks): Violation[] {
  const counted = lineQuantities(order.order.lines, packages, {});
  const twice = counted.flatMap(({ line, quantities: { shipped, delivered } }): Violation[] => {
    if (shipped + delivered <= line.quantity) return [];
    return [
      {
        invariant: 8,
        objects: [orderSubject(order.order.number), `line/${line.id}`],
        detail: `${line.quantity} were ordered and ${shipped + delivered} have left`,
        todo: 'Stop the later package at the carrier, and take its goods back.',
      },
    ];
  });
  const shared = packages.flatMap((parcel, index): Violation[] => {
    const other = packages
      .slice(0, index)
      .find(({ shipment }) => shipment !== null && shipment.id === parcel.shipment?.id);
    if (!other) return [];
    return [
      {
        invariant: 8,
        objects: [packageSubject(other.number), packageSubject(parcel.number)],
        detail: `both have the shipment ${other.shipment?.id ?? ''}`,
        todo: 'Give one of them its own number with `update_shipment`.',
      },
    ];
  });
  return [...twice, ...shared];
}
