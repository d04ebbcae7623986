import type { Instant, Minor } from '../order/order.js';
import type { Shipment } from '../shipment/shipment.js';
import type { TransferDraft } from '../transfer/transfer.js';
import { keepsReservation, type PackageState } from '../lifecycle/packageLifecycle.js';
import { versionOf, type LifecycleVersion, type PinnedLifecycle } from '../lifecycle/pinned.js';

/** Units of one order line inside one package. `id` is unique within the package. */
export interface PackageItem {
  readonly id: string;
  readonly lineId: string;
  readonly sku: string;
  readonly name: string;
  readonly barcode?: string;
  readonly quantity: number;
  /** Units of `quantity` that are not at the package's location yet: transfers are to bring them. */
  readonly awaited?: number;
  readonly unitPrice: Minor;
  /** Items of one group stay together: they leave the package as a whole. */
  readonly keepTogetherGroup?: string;
  /** What was ordered, where the store sends another product instead. */
  readonly orderedSku?: string;
  /** What came back after shipping; counted within `quantity`. */
  readonly returns?: readonly ReturnedUnits[];
}

/** Units that came back from the customer or the carrier. */
export interface ReturnedUnits {
  readonly quantity: number;
  /** As the store found them, in its own words. */
  readonly condition: string | null;
  /** Whether they can be sold again. */
  readonly restock: boolean;
}

/** An invoice as somebody gives it to us. */
export interface GivenInvoice {
  readonly number: string;
  readonly type: string;
  /** A day or an instant, as it was given. */
  readonly date: string;
  /** Where the document can be fetched, or the document itself in base64. */
  readonly url?: string;
  readonly content?: string;
}

/** The invoice that the package goes with, as the brand's invoice service or the store gave it. */
export interface Invoice extends GivenInvoice {
  /** A copy of the document is kept beside the package. */
  readonly isStored?: boolean;
}

export const AWAITED_INVOICES = ['pending', 'refused', 'given_up'] as const;

/** An invoice that was asked for and is not there. */
export interface AwaitedInvoice {
  /** `refused`: the invoice service will not write it; `given_up`: it was asked for too long. */
  readonly status: (typeof AWAITED_INVOICES)[number];
  /** The transition that asks for it: its command, and the state that it left. */
  readonly command: string;
  readonly from: PackageState;
  readonly since: Instant;
  /** Why it does not come. */
  readonly detail: string | null;
}

/** Proof that the right person collects a package. */
export interface Pickup {
  /** Six digits. */
  readonly code: string;
  readonly attemptsLeft: number;
}

/** Why a package ended or stands still: a denial, missing goods, a cancellation, or that it was planned anew. */
export interface PackageReason {
  readonly kind: 'denial' | 'missing' | 'cancellation' | 'replanning' | 'block' | 'hold';
  /** Code of a denial or cancellation reason, the kind of what is missing, or the text given to `block` or to the order's `hold`. */
  readonly code: string | null;
  readonly note: string | null;
}

/** What `packagingWorkflow` owns, and what the read model stores of a package. */
export interface PackageRecord {
  readonly number: string;
  readonly order: string;
  readonly location: string;
  readonly state: PackageState;
  /** The state before `blocked` or `cancellation_waiting`, to go back to. */
  readonly stateBefore: PackageState | null;
  readonly items: readonly PackageItem[];
  /** Its units are held in the books of its location; packing and `deallocate` give them back. */
  readonly isReserved: boolean;
  /** Numbers of the transfers that bring goods to this package. */
  readonly transfers: readonly string[];
  readonly shipment: Shipment | null;
  readonly invoice: Invoice | null;
  /** Absent in records from before there was any. */
  readonly awaitedInvoice?: AwaitedInvoice | null;
  readonly pickup: Pickup | null;
  /** Name of the packaging rule that made it. */
  readonly rule: string | null;
  readonly replaces: string | null;
  readonly replacedBy: readonly string[];
  readonly reason: PackageReason | null;
  readonly remoteId: string | null;
  readonly dueAt: Instant | null;
  /** The life cycle that was pinned when the package began. */
  readonly lifecycle: LifecycleVersion;
  readonly version: number;
  /** Events recorded so far for the subject `package/<number>`. */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What planning decides about a package before it begins. */
export interface PackageDraft {
  readonly number: string;
  readonly order: string;
  readonly location: string;
  readonly state: PackageState;
  readonly items: readonly PackageItem[];
  /** What must come from elsewhere first. */
  readonly transfers: readonly TransferDraft[];
  /** When it should be packed; null without a target, or before its transfers have arrived. */
  readonly dueAt: Instant | null;
  readonly rule: string | null;
  readonly replaces: string | null;
  /** In force when it was planned; the package keeps it. */
  readonly lifecycle: PinnedLifecycle;
}

/** The record of a package that begins; its first recorded version is 1. */
export function newPackage(draft: PackageDraft, at: Instant): PackageRecord {
  const { number, order, location, state, items, transfers, dueAt, rule, replaces, lifecycle } = draft;
  return {
    number,
    order,
    location,
    state,
    stateBefore: null,
    items,
    isReserved: keepsReservation(state),
    transfers: transfers.map((transfer) => transfer.number),
    shipment: null,
    invoice: null,
    pickup: null,
    rule,
    replaces,
    replacedBy: [],
    reason: null,
    remoteId: null,
    dueAt,
    lifecycle: versionOf(lifecycle),
    version: 0,
    sequence: 0,
    createdAt: at,
    updatedAt: at,
  };
}

/** Blocked because its order is held: only the release of the order lets it go on. */
export const isHeldWithOrder = ({ state, reason }: Pick<PackageRecord, 'state' | 'reason'>): boolean =>
  state === 'blocked' && reason?.kind === 'hold';
