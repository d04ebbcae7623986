import { heldItems } from '../package/items.js';
import type { PackageRecord } from '../package/package.js';

/** Units of one SKU that the books keep for a package item. */
export interface HeldUnits {
  readonly key: string;
  readonly location: string;
  readonly sku: string;
  readonly quantity: number;
  readonly package: string;
  readonly item: string;
}

type Parcel = Pick<PackageRecord, 'number' | 'state' | 'location' | 'items' | 'isReserved'>;

/** What may have a claim on held units, as it is recorded now. */
export interface Claimants {
  /** The package that the hold names; null when none is recorded. */
  readonly parcel: Parcel | null;
  /** Keys of the holds that the order's plan under way takes; none when the order has ended. */
  readonly planned: ReadonlySet<string>;
}

/**
 * Who needs held units, as a sentence with the way to give them up; null when nobody does. A hold is taken
 * before its package is recorded, so the plan under way counts as well.
 */
export function holderOf(hold: HeldUnits, { parcel, planned }: Claimants): string | null {
  if (!parcel) {
    if (!planned.has(hold.key)) return null;
    return `${hold.package} is being planned and needs these units; wait until it is there`;
  }
  const isHeld =
    parcel.location === hold.location && heldItems(parcel).some(({ id, sku }) => id === hold.item && sku === hold.sku);
  if (!isHeld) return null;
  return `${parcel.number} is ${parcel.state} and holds these units; \`deallocate\`, \`refuse\` or \`cancel\` it instead`;
}
