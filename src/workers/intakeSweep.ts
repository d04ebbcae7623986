import type { Orchestrator } from '../clients/orchestrator.js';
import type { OrderRepository } from '../store/orders.js';

/** Orders stored this long ago whose workflow has not begun are begun by the sweep. */
const OVERDUE_MS = 30_000;
const AT_ONCE = 100;

/**
 * Begins orders that were stored but whose intake was cut off before their workflow began. The caller
 * never got an answer then and may have given up; the order must not lie there for ever.
 *
 * @returns how many were begun.
 */
export async function sweepIntake(
  { orders, orchestrator }: { orders: OrderRepository; orchestrator: Pick<Orchestrator, 'startOrder'> },
  now: Date,
): Promise<number> {
  const overdue = await orders.notBegun(new Date(now.getTime() - OVERDUE_MS), AT_ONCE);
  for (const order of overdue) await orchestrator.startOrder(order);
  return overdue.length;
}
