import type { Carrier } from '../configuration/integrations.js';
import type { Order } from '../order/order.js';

/** The first active carrier, by priority, that serves the order's shipping option; null when none does. */
export function carrierFor(
  carriers: readonly Carrier[],
  { shippingOption }: Pick<Order, 'shippingOption'>,
): Carrier | null {
  const serving = carriers.filter(
    ({ active, shippingOptions }) =>
      active && (shippingOptions.length === 0 || shippingOptions.includes(shippingOption)),
  );
  return serving.sort((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1))[0] ?? null;
}

/** Whether the carrier's couriers collect the money for the order. */
export const isCollectedBy = (carrier: Carrier | null, { paymentType }: Pick<Order, 'paymentType'>): boolean =>
  carrier?.collects?.includes(paymentType) === true;
