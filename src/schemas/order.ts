import { z } from 'zod';

import type { Order } from '../domain/order/order.js';
import { PACKAGE_SUFFIX } from '../domain/numbers.js';
import { address, attributes, identifier, instant, label, minor, quantity, text } from './common.js';

const orderNumber = identifier.refine(
  (number) => !PACKAGE_SUFFIX.test(number),
  'must not end in P and digits, as package numbers do',
);

const orderLine = z.strictObject({
  id: identifier,
  sku: identifier,
  name: text(512, 1),
  barcode: text(128, 1).exactOptional(),
  quantity,
  unitPrice: minor,
  discount: minor.default(0),
  taxRate: z.number().min(0).max(100).default(0),
  unitWeight: z.number().min(0).exactOptional(),
  attributes: attributes.default({}),
  keepTogetherGroup: label.exactOptional(),
});

const delivery = z.strictObject({
  type: z.enum(['home', 'click_and_collect', 'same_day']),
  pickupLocation: identifier.exactOptional(),
  range: z.strictObject({ from: instant, to: instant }).exactOptional(),
});

const customer = z.strictObject({
  type: label,
  firstName: text(256),
  lastName: text(256),
  email: text(320, 3).exactOptional(),
  phone: text(64, 1).exactOptional(),
});

/** Where each line id stands a second time, as issues that point at it. */
function repeatedIds(lines: readonly { id: string }[]) {
  const seen = new Set<string>();
  return lines.flatMap(({ id }, index) => {
    if (seen.has(id)) return [{ index, id }];
    seen.add(id);
    return [];
  });
}

/** Order intake: the Order without the fields that we compute. Unknown fields are refused. */
export const order = z
  .strictObject({
    number: orderNumber,
    channel: label,
    placedAt: instant,
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
    customer,
    shippingAddress: address,
    billingAddress: address.exactOptional(),
    shippingOption: label,
    paymentType: label,
    delivery,
    priority: z.int().min(1).max(5).default(3),
    tags: z.array(label).max(100).default([]),
    attributes: attributes.default({}),
    lines: z.array(orderLine).min(1).max(500),
    notes: text(4096).exactOptional(),
  })
  .check((context) => {
    for (const { index, id } of repeatedIds(context.value.lines)) {
      context.issues.push({
        code: 'custom',
        input: id,
        path: ['lines', index, 'id'],
        message: `line id ${id} is used twice`,
      });
    }
  })
  .meta({ id: 'Order', description: 'An order as the sales channel places it.' }) satisfies z.ZodType<Order>;
