import type { Instant, Minor } from '../order/order.js';
import type { Shipment } from '../shipment/shipment.js';
import type { PackageState } from '../lifecycle/packageLifecycle.js';

/** Units of one order line inside one package. `id` is unique within the package. */
export interface PackageItem {
  readonly id: string;
  readonly lineId: string;
  readonly sku: string;
  readonly name: string;
  readonly barcode?: string;
  readonly quantity: number;
  readonly unitPrice: Minor;
}

/** Why a package ended or stands still: a denial, a cancellation, or that it was planned anew. */
export interface PackageReason {
  readonly kind: 'denial' | 'cancellation' | 'replanning' | 'block';
  /** Code of a denial or cancellation reason, or the text given to `block`. */
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
  /** Numbers of the transfers that bring goods to this package. */
  readonly transfers: readonly string[];
  readonly shipment: Shipment | null;
  /** Name of the packaging rule that made it. */
  readonly rule: string | null;
  readonly replaces: string | null;
  readonly replacedBy: readonly string[];
  readonly reason: PackageReason | null;
  readonly remoteId: string | null;
  readonly dueAt: Instant | null;
  /** The life cycle that was pinned when the package began. */
  readonly lifecycle: { readonly name: string; readonly version: number };
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
  readonly rule: string | null;
  readonly replaces: string | null;
  readonly lifecycle: PackageRecord['lifecycle'];
}

/** The record of a package that begins; its first recorded version is 1. */
export function newPackage(draft: PackageDraft, at: Instant): PackageRecord {
  const { number, order, location, state, items, rule, replaces, lifecycle } = draft;
  return {
    number,
    order,
    location,
    state,
    stateBefore: null,
    items,
    transfers: [],
    shipment: null,
    rule,
    replaces,
    replacedBy: [],
    reason: null,
    remoteId: null,
    dueAt: null,
    lifecycle,
    version: 0,
    sequence: 0,
    createdAt: at,
    updatedAt: at,
  };
}
