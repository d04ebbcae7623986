import type { Order, OrderRecord } from './order.js';

/** The order as it is to be carried out: as it was accepted, with what was changed since. */
export const presentOrder = ({ order, changes }: Pick<OrderRecord, 'order' | 'changes'>): Order => ({
  ...order,
  ...changes,
});
