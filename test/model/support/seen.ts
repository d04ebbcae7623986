import { awaitedUnits, unitsOut } from '../../../src/domain/package/items.js';
import type { OrderRecord } from '../../../src/domain/order/order.js';
import { isHeldWithOrder, type PackageRecord } from '../../../src/domain/package/package.js';
import type { TransferRecord } from '../../../src/domain/transfer/transfer.js';
import type { ModelItem, ModelParcel, ModelTransfer } from './state.js';

/** Everything that is recorded about one order. */
export interface Seen {
  readonly order: OrderRecord;
  readonly packages: readonly PackageRecord[];
  readonly transfers: readonly TransferRecord[];
}

/** A recorded package in the words of the model. */
export function seenParcel(record: PackageRecord): ModelParcel {
  const { number, location, state, stateBefore, items, isReserved, shipment, reason } = record;
  return {
    ...{ number, location, state, isReserved, isAtCarrier: false },
    before: stateBefore,
    isHeld: isHeldWithOrder(record),
    items: items.map(seenItem),
    hasShipment: shipment !== null,
    isReplaced: state === 'cancelled' && reason?.kind !== 'cancellation',
  };
}

export const seenItem = (item: PackageRecord['items'][number]): ModelItem => ({
  id: item.id,
  line: item.lineId,
  sku: item.sku,
  quantity: item.quantity,
  awaited: awaitedUnits(item),
  returned: item.quantity - unitsOut(item),
});

/** A recorded transfer in the words of the model. */
export const seenTransfer = ({ number, package: parcel, source, state, items }: TransferRecord): ModelTransfer => ({
  ...{ number, parcel, source, state },
  items: items.map(({ id, packageItem, lineId, sku, quantity, receivedQuantity = null, unwanted = 0 }) => {
    return { id, packageItem, line: lineId, sku, quantity, received: receivedQuantity, unwanted };
  }),
});

/** What is recorded, for people. */
export function inShort({ order, packages, transfers }: Seen): string {
  const { state, hold, waiting, decisions, cancelledUnits, version } = order;
  return JSON.stringify({
    order: { state, hold, waiting, decisions, cancelledUnits, version },
    packages: packages.map((record) => {
      const { replacedBy, reason, transfers: numbers } = record;
      return { ...seenParcel(record), replacedBy, reason, transfers: numbers };
    }),
    transfers: transfers.map((record) => ({ ...seenTransfer(record), reason: record.reason })),
  });
}
