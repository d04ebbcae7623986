import type { Order, OrderRecord } from '../domain/order/order.js';
import { OmsError } from '../platform/errors.js';

export interface IntakeDependencies {
  readonly orders: {
    insertReceived(order: Order, now: Date): Promise<'created' | 'same' | 'different'>;
    find(number: string): Promise<OrderRecord | null>;
  };
  readonly orchestrator: { startOrder(order: Order): Promise<unknown> };
  readonly now: () => Date;
}

export interface TakenOrder {
  /** False when the same order was there already. */
  readonly isNew: boolean;
  readonly record: OrderRecord;
}

/**
 * Stores an order and begins its workflow, whoever brings it. The same order again changes nothing, and begins what
 * was stored and never begun.
 *
 * @throws {OmsError} `order.number_taken` when the number belongs to an order with other content.
 */
export async function takeOrderIn(
  { orders, orchestrator, now }: IntakeDependencies,
  order: Order,
): Promise<TakenOrder> {
  const { number } = order;
  const outcome = await orders.insertReceived(order, now());
  if (outcome === 'different') {
    throw new OmsError('order.number_taken', `There is another order ${number} with other content`);
  }
  const record = await orders.find(number);
  if (!record) throw new OmsError('service.unavailable', `The order ${number} cannot be read back at this moment`);
  // Version 0 was stored and never begun; one that has begun may have ended and must not begin again.
  if (record.version === 0) await orchestrator.startOrder(record.order);
  return { isNew: outcome === 'created', record };
}
