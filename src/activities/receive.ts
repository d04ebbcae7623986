import { orderSubject } from '../domain/events/event.js';
import { receivedOrder, type Order } from '../domain/order/order.js';
import { OmsError } from '../platform/errors.js';
import { sameContent } from '../platform/fingerprint.js';
import { order as orderSchema } from '../schemas/order.js';
import { toOrderView } from '../schemas/orderView.js';
import type { OrderRepository } from '../store/orders.js';
import type { Announce, Recorded } from './announcer.js';

export type ReceiveActivities = ReturnType<typeof createReceiveActivities>;

export function createReceiveActivities({ orders, announce }: { orders: OrderRepository; announce: Announce }) {
  return {
    /**
     * Accepts an order: stores it when it came straight to Temporal and not by the API.
     *
     * @throws {OmsError} `request.unprocessable` for what is no order, `order.number_taken` for a known number.
     */
    async receiveOrder({ order: given, ...recorded }: Recorded & { order: Order }) {
      const order = parse(given);
      const { number } = order;
      const inserted = await orders.insertReceived(order, new Date(recorded.at));
      if (inserted === 'different')
        throw new OmsError('order.number_taken', `${number} is the number of another order`);
      const known = await orders.find(number);
      // Temporal frees the id of a workflow some time after its end. What is delivered must not begin a second time.
      if (known?.state === 'completed' || known?.state === 'cancelled')
        throw new OmsError('order.number_taken', `${number} is the number of an order that has ended`);
      const createdAt = known?.createdAt ?? new Date(recorded.at).toISOString();
      const record = { ...receivedOrder(order, createdAt), version: 1, sequence: recorded.events.length };
      await orders.save(record, recorded.at);
      const data = toOrderView(record, [], []);
      const announcements = await announce(recorded, { subject: orderSubject(number), order: number, data });
      // An order by the API is complete already; its content need not go into the history twice.
      return { createdAt, announcements, completed: sameContent(given, order) ? null : order };
    },
  };
}

function parse(given: unknown): Order {
  const parsed = orderSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
  throw new OmsError('request.unprocessable', 'The order cannot be accepted', { errors });
}
