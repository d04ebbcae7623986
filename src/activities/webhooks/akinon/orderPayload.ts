import { toDecimal } from '../../../domain/omnitron/decimal.js';
import type { OrderState } from '../../../domain/order/order.js';
import type { OrderView } from '../../../schemas/orderView.js';
import { addressOf, idOf, stateOf } from './parts.js';

/** Akinon's names and codes of what an order is; it has none for how far planning has come. */
const STATUSES: Readonly<Record<OrderState, readonly [name: string, code: string]>> = {
  received: ['approved', '400'],
  planning: ['approved', '400'],
  in_progress: ['approved', '400'],
  parked: ['approved', '400'],
  completed: ['delivered', '550'],
  cancelled: ['canceled', '100'],
};

/** An order in Akinon's keys: one item for each line, money as decimal text. */
export function orderPayload(order: OrderView) {
  const { number, channel, placedAt, currency, customer, lines, notes, createdAt, updatedAt } = order;
  const state = stateOf('OrderStatus', ...STATUSES[order.state]);
  return {
    id: idOf('order', number),
    number,
    state,
    date_placed: placedAt,
    channel: { name: channel },
    payment_type: order.paymentType,
    shipping_option_slug: order.shippingOption,
    delivery_type: order.delivery.type,
    notes: notes ?? null,
    currency: currency.toLowerCase(),
    customer: { first_name: customer.firstName, last_name: customer.lastName },
    shipping_address: addressOf(order.shippingAddress),
    orderitem_set: lines.map((line) => ({
      id: idOf('order-item', `${number}/${line.id}`),
      line_id: line.id,
      state,
      product: { sku: line.sku, name: line.name, barcode: line.barcode ?? null },
      quantity: line.quantity,
      price: toDecimal(line.unitPrice, currency),
      price_currency: currency.toLowerCase(),
      discount_amount: toDecimal(line.discount, currency),
      tax_rate: String(line.taxRate),
      attributes: line.attributes,
    })),
    commands: order.commands.map(({ command }) => ({ slug: command, name: command })),
    created_date: createdAt,
    modified_date: updatedAt,
  };
}
