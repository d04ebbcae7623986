import type { TransferView } from '../../../schemas/transferView.js';
import { idOf, stateOf, type locationOf } from './parts.js';

type Location = ReturnType<typeof locationOf>;

/** A transfer in Akinon's keys; its states are words there, as they are here. */
export function transferPayload(transfer: TransferView, source: Location, destination: Location) {
  const { number, order, package: parcel, state: name, items, createdAt, updatedAt } = transfer;
  const state = stateOf('TransferStatus', name, name);
  return {
    id: idOf('transfer', number),
    number,
    state,
    order: idOf('order', order),
    order_number: order,
    package: { id: idOf('package', parcel), number: parcel },
    source,
    destination,
    extra_information: {},
    transferitem_set: items.map((item) => ({
      id: idOf('transfer-item', `${number}/${item.id}`),
      product: { sku: item.sku, name: item.name, barcode: item.barcode ?? null },
      state,
      quantity: item.quantity,
      received_quantity: item.receivedQuantity ?? null,
    })),
    created_date: createdAt,
    modified_date: updatedAt,
  };
}
