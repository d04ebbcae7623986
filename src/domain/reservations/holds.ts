import { heldItems } from '../package/items.js';
import type { PackageRecord } from '../package/package.js';
import type { TransferRecord } from '../transfer/transfer.js';

/** Units of one SKU that the books keep for a package item: at its location, or at the source of a transfer. */
export interface HeldUnits {
  readonly key: string;
  readonly location: string;
  readonly sku: string;
  readonly quantity: number;
}

type Parcel = Pick<PackageRecord, 'number' | 'location' | 'items' | 'isReserved'>;
type Moving = Pick<TransferRecord, 'number' | 'source' | 'items' | 'isReserved'>;

/** Unique in the books: the package or transfer, and its item. */
export const holdKey = (holder: string, item: string): string => `${holder}/${item}`;

/** What the books must hold for a package. */
export const heldByPackage = (parcel: Parcel): HeldUnits[] =>
  heldItems(parcel).map(({ id, sku, quantity }) => {
    return { key: holdKey(parcel.number, id), location: parcel.location, sku, quantity };
  });

/** What the books must hold for a transfer. */
export const heldByTransfer = ({ number, source, items, isReserved }: Moving): HeldUnits[] =>
  (isReserved ? items : []).flatMap(({ id, sku, quantity, unwanted = 0 }) => {
    const held = { key: holdKey(number, id), location: source, sku, quantity: quantity - unwanted };
    return held.quantity > 0 ? [held] : [];
  });

export const isSameHold = (one: HeldUnits, other: HeldUnits): boolean =>
  one.key === other.key && one.location === other.location && one.sku === other.sku;
