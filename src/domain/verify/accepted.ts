import { orderSubject } from '../events/event.js';
import type { OrderBooks, ReceivedLine, Violation } from './books.js';

/** 3: the order is as it was accepted. What of it moved or was cancelled is written beside its lines, not in them. */
export function checkAccepted({ order: { order }, received }: OrderBooks): Violation[] {
  if (!received || content(received) === content(order.lines)) return [];
  return [
    {
      invariant: 3,
      objects: [orderSubject(order.number), 'event/order.received'],
      detail: `its lines are ${content(order.lines)}; accepted were ${content(received)}`,
      todo: 'Somebody wrote into the database: restore the order from its `order.received` event.',
    },
  ];
}

const content = (lines: readonly ReceivedLine[]): string =>
  lines.map(({ id, sku, quantity }) => `${id}: ${quantity} x ${sku}`).join(', ');
