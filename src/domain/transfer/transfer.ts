import { DEFAULT_LIFECYCLE, versionOf, type LifecycleVersion, type PinnedLifecycle } from '../lifecycle/pinned.js';
import type { TransferState } from '../lifecycle/transferLifecycle.js';
import type { Instant } from '../order/order.js';
import type { Shipment } from '../shipment/shipment.js';

/** Units of one package item on their way to the package's location. `id` is unique within the transfer. */
export interface TransferItem {
  readonly id: string;
  /** The item of the package that waits for them. */
  readonly packageItem: string;
  readonly lineId: string;
  readonly sku: string;
  readonly name: string;
  readonly barcode?: string;
  readonly quantity: number;
  /** Known when they arrived; less than `quantity` is a short receipt. */
  readonly receivedQuantity?: number;
  /** Units of `quantity` that nobody waits for any more: they stay at the destination. */
  readonly unwanted?: number;
}

/** What planning decides about a transfer before it begins. */
export interface TransferDraft {
  readonly number: string;
  readonly order: string;
  readonly package: string;
  /** Codes of locations. */
  readonly source: string;
  readonly destination: string;
  readonly items: readonly TransferItem[];
  /** In force when it was planned; the transfer keeps it. Absent: the default. */
  readonly lifecycle?: PinnedLifecycle;
}

/** Why a transfer ended without arriving. */
export interface TransferReason {
  /** `unwanted`: its package does not need the goods any more. */
  readonly kind: 'missing' | 'cancellation' | 'unwanted';
  readonly code: string | null;
  readonly note: string | null;
}

/** What `transferWorkflow` owns, and what the read model stores of a transfer. */
export interface TransferRecord extends Omit<TransferDraft, 'lifecycle'> {
  readonly state: TransferState;
  /** Its units are held in the books of the source, until they arrive or nobody wants them any more. */
  readonly isReserved: boolean;
  readonly shipment: Shipment | null;
  readonly reason: TransferReason | null;
  /** The life cycle that was pinned when the transfer began. */
  readonly lifecycle: LifecycleVersion;
  readonly version: number;
  /** Events recorded so far for the subject `transfer/<number>`. */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** The record of a transfer that begins; its first recorded version is 1. */
export function newTransfer(draft: TransferDraft, at: Instant): TransferRecord {
  const { number, order, package: packageNo, source, destination, items } = draft;
  return {
    ...{ number, order, package: packageNo, source, destination, items },
    state: 'waiting',
    isReserved: true,
    shipment: null,
    reason: null,
    lifecycle: versionOf(draft.lifecycle ?? DEFAULT_LIFECYCLE),
    version: 0,
    sequence: 0,
    createdAt: at,
    updatedAt: at,
  };
}

/** Units that were sent and did not arrive. */
export const shortUnits = ({ quantity, receivedQuantity = quantity }: TransferItem): number =>
  Math.max(0, quantity - receivedQuantity);
