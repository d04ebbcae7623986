import type { OrderRecord } from '../../domain/order/order.js';

/** What Temporal's Web UI shows of an order, as Markdown. No personal data. */
export function orderDetails({ order, state, waiting, scenario }: OrderRecord, open: readonly string[]): string {
  return [
    `**${state}**, channel ${order.channel}, ${order.shippingOption}`,
    ...(waiting ? [`Waiting (${waiting.reason}): ${waiting.detail}`] : []),
    ...(scenario ? [`Planned by ${scenario.name} v${scenario.version}`] : []),
    ...(open.length > 0 ? [`Open packages: ${open.join(', ')}`] : []),
    '',
    ...order.lines.map(({ id, quantity, sku }) => `- line ${id}: ${quantity} x ${sku}`),
  ].join('\n');
}
