import type { Order } from '../order/order.js';

/** Omnitron's keys of an order and of its channel. */
export interface OmnitronKeys {
  readonly order: number;
  readonly channel: number;
}

/** Null for an order that did not come from Omnitron. */
export function omnitronKeys({ attributes }: Pick<Order, 'attributes'>): OmnitronKeys | null {
  const { omnitronId: order, omnitronChannel: channel } = attributes;
  return typeof order === 'number' && typeof channel === 'number' ? { order, channel } : null;
}
