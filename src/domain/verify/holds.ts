import { orderSubject } from '../events/event.js';
import { heldByPackage, heldByTransfer, isSameHold } from '../reservations/holds.js';
import { holderOf } from '../reservations/holder.js';
import type { OrderBooks, Violation } from './books.js';

/** 5: each hold belongs to a live item of a package or transfer, and each such item has its hold. */
export function checkHolds(books: OrderBooks): Violation[] {
  const { order, packages, transfers, holds } = books;
  const subject = orderSubject(order.order.number);
  const needed = [...packages.flatMap(heldByPackage), ...transfers.flatMap(heldByTransfer)];
  const orphans = holds
    .filter((hold) => holderOf(hold, books) === null)
    .map((hold): Violation => ({
      invariant: 5,
      objects: [subject, `hold/${hold.key}`],
      detail: `${hold.quantity} of ${hold.sku} at ${hold.location} are held for nobody`,
      todo: 'Run `oms verify --repair` or `oms reservations release`.',
      repair: { kind: 'release_hold', hold, order: order.order.number },
    }));
  const wrong = needed.flatMap((need): Violation[] => {
    const held = holds.find((hold) => isSameHold(hold, need))?.quantity ?? 0;
    if (held === need.quantity) return [];
    return [
      {
        invariant: 5,
        objects: [subject, `hold/${need.key}`],
        detail: `${need.quantity} of ${need.sku} at ${need.location} are needed, ${held} are held`,
        todo: 'Others may be promised these units: `report_missing` or `plan_manually` settles the package anew.',
      },
    ];
  });
  return [...orphans, ...wrong];
}
