import type { ApiDependencies } from './dependencies.js';

/** Orders that are woken at once; the others are planned again at their next attempt. */
const MOST_WOKEN = 1_000;
const AT_ONCE = 20;

/**
 * Goods may have come: orders with a parked package of one of the SKUs are planned again now.
 *
 * @returns how many were woken.
 */
export async function wakeParked(
  { records, orchestrator }: Pick<ApiDependencies, 'records' | 'orchestrator'>,
  skus: readonly string[],
  why: string,
): Promise<number> {
  const orders = (await records.packages.ordersParkedFor(skus)).slice(0, MOST_WOKEN);
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    await Promise.all(orders.slice(from, from + AT_ONCE).map((number) => orchestrator.wakeOrder(number, why)));
  }
  return orders.length;
}
