import { toDecimal } from '../../../domain/omnitron/decimal.js';
import type { Order } from '../../../domain/order/order.js';
import type { PackageView } from '../../../schemas/packageView.js';
import type { locationOf } from './parts.js';
import { idOf, stateOf } from './parts.js';

/** A package in Akinon's keys, with what it copies from the order. */
export function packagePayload(parcel: PackageView, order: Order | null, location: ReturnType<typeof locationOf>) {
  const { number, state: stateName, stateCode, items, shipment, invoice, remoteId, createdAt, updatedAt } = parcel;
  const state = stateOf('PackageStatus', stateName, String(stateCode));
  return {
    id: idOf('package', number),
    number,
    state,
    order: idOf('order', parcel.order),
    order_id: idOf('order', parcel.order),
    order_number: parcel.order,
    ...(order && copiesOf(order)),
    stock_location: location,
    packageitem_set: items.map((item) => ({
      id: idOf('package-item', `${number}/${item.id}`),
      order_item: orderItemOf(parcel.order, item, order),
      state,
      quantity: item.quantity,
      unit_weight: weightOf(order, item.lineId),
    })),
    commands: parcel.commands.map(({ command, slug }) => ({ slug, name: command })),
    shipment: shipment && {
      shipping_company: shipment.carrier,
      tracking_number: shipment.trackingNumber,
      query_number: shipment.queryNumber,
      awb_number: shipment.awbNumber,
      status: shipment.status,
    },
    shipping_label: shipment?.label ?? null,
    invoice_number: invoice?.number ?? null,
    remote_id: remoteId,
    created_date: createdAt,
    modified_date: updatedAt,
  };
}

function copiesOf({ notes, placedAt, paymentType, channel, shippingAddress, delivery: { range } }: Order) {
  return {
    order_notes: notes ?? null,
    date_placed: placedAt,
    payment_type: paymentType,
    channel_name: channel,
    city: shippingAddress.state ?? null,
    delivery_range: range ? { lower: range.from, upper: range.to } : null,
  };
}

function orderItemOf(orderNo: string, item: PackageView['items'][number], order: Order | null) {
  const line = order?.lines.find(({ id }) => id === item.lineId);
  return {
    id: idOf('order-item', `${orderNo}/${item.lineId}`),
    line_id: item.lineId,
    product: { sku: item.sku, name: item.name, barcode: item.barcode ?? null },
    ...(order && { price: toDecimal(item.unitPrice, order.currency), price_currency: order.currency.toLowerCase() }),
    ...(line && { tax_rate: String(line.taxRate), attributes: line.attributes }),
  };
}

const weightOf = (order: Order | null, lineId: string): string | null => {
  const weight = order?.lines.find(({ id }) => id === lineId)?.unitWeight;
  return weight === undefined ? null : String(weight);
};
