import type { CommandOf, Replacement } from '../../../domain/package/commands.js';
import type { EventType } from '../../../domain/events/event.js';
import type { PackageItem } from '../../../domain/package/package.js';
import { persist } from '../../activities.js';
import { refusal } from '../../failures.js';
import type { PackageProcess } from '../process.js';
import { reportMissing } from './givingBack.js';

/** Another product goes in the place of an item; the price stays, and so does what was ordered. */
export async function replaceProduct(parcel: PackageProcess, replacement: Replacement): Promise<void> {
  await requireReplacementAllowed();
  const items = replaced(parcel.record.items, [replacement]);
  await parcel.amend({ record: { items }, events: ['package.items.replaced'] });
}

/** What picking brought, as one step: what is missing goes back, what was replaced is swapped, the rest is picked. */
export async function prepareItems(
  parcel: PackageProcess,
  { missing = [], replacements = [] }: CommandOf<'prepare_items'>,
): Promise<void> {
  if (replacements.length > 0) await requireReplacementAllowed();
  const items = replaced(parcel.record.items, replacements);
  const events: EventType[] = replacements.length > 0 ? ['package.items.replaced'] : [];
  const prepare = (change: Parameters<PackageProcess['amend']>[0]) =>
    parcel.state === 'preparing' ? parcel.amend(change) : parcel.move('preparing', change);
  if (missing.length === 0) return prepare({ record: { items }, events });
  await reportMissing(parcel, { units: missing, isWholePackage: false, items, events }, prepare);
}

async function requireReplacementAllowed(): Promise<void> {
  if ((await persist('packageSettings')).allowReplacement) return;
  throw refusal('request.unprocessable', 'The brand does not replace products (setting allowReplacement)');
}

function replaced(items: readonly PackageItem[], replacements: readonly Replacement[]): PackageItem[] {
  return items.map((item) => {
    const found = replacements.find(({ item: id }) => id === item.id);
    if (!found) return item;
    const { barcode: _, ...kept } = item;
    const { sku, barcode } = found;
    return { ...kept, sku, ...(barcode === undefined ? {} : { barcode }), orderedSku: item.orderedSku ?? item.sku };
  });
}
