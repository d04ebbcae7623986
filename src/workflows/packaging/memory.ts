import { newPackage, type PackageDraft, type PackageRecord } from '../../domain/package/package.js';
import { NO_SUPPLY, type Supply } from '../../domain/transfer/supply.js';
import type { Handled } from '../handledCommands.js';
import type { Announcement } from '../outbox.js';

/** All that a package knows from one step to the next, as plain JSON: its next run begins with it. */
export interface PackageMemory {
  /** As recorded last. */
  record: PackageRecord;
  /** Whether the carrier is asked where the parcel is. */
  isFollowed: boolean;
  /** Whether a shipment may exist at the carrier, even if its answer never came. */
  hasAskedCarrier: boolean;
  /** Why the order is held, while it is. */
  orderHold: string | null;
  /** The order does not see this workflow close: it has gone on in another run since it began this. */
  tellsItsEnd: boolean;
  /** What transfers are to bring. */
  supply: Supply;
  readonly handled: Handled[];
  /** What nobody has been told of yet. */
  announcements: readonly Announcement[];
}

export const newPackageMemory = (draft: PackageDraft, at: string): PackageMemory => memoryOf(newPackage(draft, at));

/** Of a package of which only the record is left, and which commands it carried out. */
export const memoryOf = (record: PackageRecord, handled: Handled[] = []): PackageMemory => ({
  record,
  isFollowed: false,
  hasAskedCarrier: false,
  orderHold: null,
  tellsItsEnd: false,
  supply: NO_SUPPLY,
  handled,
  announcements: [],
});
