import type { TransferState } from '../lifecycle/transferLifecycle.js';
import type { Instant } from '../order/order.js';
import type { Shipment } from '../shipment/shipment.js';

/** Units of one package item on their way to the package's location. */
export interface TransferItem {
  readonly id: string;
  /** The item of the package that waits for them. */
  readonly packageItem: string;
  readonly sku: string;
  readonly quantity: number;
  /** Known when they arrived; less than `quantity` is a short receipt. */
  readonly receivedQuantity?: number;
}

/** What `transferWorkflow` owns, and what the read model stores of a transfer. */
export interface TransferRecord {
  readonly number: string;
  readonly order: string;
  readonly package: string;
  readonly source: string;
  readonly destination: string;
  readonly state: TransferState;
  readonly items: readonly TransferItem[];
  readonly shipment: Shipment | null;
  readonly version: number;
  /** Events recorded so far for the subject `transfer/<number>`. */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Units that were sent and did not arrive, by package item; none while they are on their way. */
export function shortUnits({ items }: Pick<TransferRecord, 'items'>): ReadonlyMap<string, number> {
  const short = items.flatMap(({ packageItem, quantity, receivedQuantity = quantity }): [string, number][] =>
    receivedQuantity < quantity ? [[packageItem, quantity - receivedQuantity]] : [],
  );
  return new Map(short);
}
