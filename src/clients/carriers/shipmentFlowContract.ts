import { z } from 'zod';

import type { Carrier } from '../../domain/configuration/integrations.js';
import type { ShipmentRequest } from '../../domain/shipment/carrierClient.js';
import { toDecimal } from '../../domain/omnitron/decimal.js';
import type { Minor, Order } from '../../domain/order/order.js';
import type { ShipmentStatus } from '../../domain/shipment/shipment.js';

const number = z.string().min(1).max(128);

/** A label that is longer is none. */
export const LONGEST_LABEL_BYTES = 2 * 1_048_576;

const label = {
  /** Where it can be fetched. */
  label: z.url({ protocol: /^https?$/ }).nullish(),
  /** The label itself, in base64. */
  labelContent: z.base64().max(2_800_000).nullish(),
};

/** Answer to `POST`, `PATCH` and `GET` of a shipment; what else the carrier tells is its own. */
export const shipmentAnswer = z.object({
  trackingNumber: number,
  queryNumber: number.nullish(),
  awbNumber: number.nullish(),
  ...label,
  /** In the order in which they were sent. */
  parcels: z
    .array(z.object({ trackingNumber: number.nullish(), ...label }))
    .max(100)
    .nullish(),
});

/** One piece of news. `trackingNumber` names the parcel, where a shipment has several. */
export const trackingNews = z.object({
  status: z.string().min(1).max(64),
  at: z.iso.datetime({ offset: true }),
  description: z.string().max(1_024).nullish(),
  trackingNumber: number.nullish(),
});

/** Answer to `GET /shipments/{id}/history`. */
export const historyAnswer = z.object({ events: z.array(trackingNews).max(1_000) });

const STATUSES: Readonly<Record<string, ShipmentStatus>> = {
  CREATED: 'info_received',
  SHIPPING: 'in_transit',
  IN_TRANSIT: 'in_transit',
  OUT_FOR_DELIVERY: 'out_for_delivery',
  AVAILABLE_FOR_PICKUP: 'available_for_pickup',
  ATTEMPT_FAILED: 'attempt_failed',
  DELIVERED: 'delivered',
  RETURNING: 'returning',
  RETURNED: 'returned',
  EXCEPTION: 'exception',
  LOST: 'exception',
  DAMAGED: 'exception',
  DELETED: 'cancelled',
};

/** The carrier's word in our vocabulary; one that we do not know is `unknown`, and its raw code is kept. */
export const shipmentStatus = (rawCode: string): ShipmentStatus =>
  Object.hasOwn(STATUSES, rawCode) ? (STATUSES[rawCode] ?? 'unknown') : 'unknown';

/** Body of `POST /shipments`. */
export function shipmentBody(
  carrier: Carrier,
  { shipmentId, order, location, items, parcels, cashOnDelivery }: ShipmentRequest,
) {
  const originId = location.senderAddresses[carrier.code];
  return {
    shipmentId,
    orderNumber: order.number,
    type: order.delivery.type === 'click_and_collect' ? 'PICK_UP_LOCATION' : 'CUSTOMER',
    deliveryNote: order.notes ?? '',
    destination: destination(order),
    ...(originId !== undefined && { originId }),
    products: items.map(({ sku, quantity, barcode }) => ({
      sku,
      quantity,
      ...(barcode !== undefined && { barcode }),
    })),
    parcels,
    ...(cashOnDelivery !== null && { payment: payment(shipmentId, order, cashOnDelivery) }),
  };
}

/** Amounts are decimal text wherever the documented product has any. */
const payment = (paymentId: string, { currency }: Order, amount: Minor) => ({
  ...{ paymentId, amount: toDecimal(amount, currency), currency },
});

function destination({ customer, shippingAddress: address }: Order) {
  return {
    name: customer.firstName,
    surname: customer.lastName,
    tel: customer.phone ?? '',
    country: { code: address.country },
    city: { name: address.state ?? '' },
    district: { name: address.district ?? '' },
    township: { name: address.neighbourhood ?? '' },
    zipcode: address.postcode ?? '',
    addressLine: address.line ?? '',
  };
}
