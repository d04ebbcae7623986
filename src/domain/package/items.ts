import type { PackageItem, PackageRecord } from './package.js';

/** So many units of an item. */
export interface ItemUnits {
  /** The item's id in the package. */
  readonly id: string;
  readonly quantity: number;
}

/** What happens to the items of a package when some of their units leave it. */
export interface Division {
  readonly staying: readonly PackageItem[];
  readonly leaving: readonly PackageItem[];
}

/**
 * Takes units out of a package. Where one unit of a keep-together group leaves, the whole group does.
 *
 * @param units Must not ask for more than there is; the same item may be named more than once.
 */
export function divide(items: readonly PackageItem[], units: readonly ItemUnits[]): Division {
  const asked = new Map<string, number>();
  for (const { id, quantity } of units) asked.set(id, (asked.get(id) ?? 0) + quantity);
  const torn = new Set(items.filter(({ id }) => asked.has(id)).flatMap(({ keepTogetherGroup: group }) => group ?? []));
  const leavingOf = ({ id, quantity, keepTogetherGroup }: PackageItem): number =>
    keepTogetherGroup !== undefined && torn.has(keepTogetherGroup) ? quantity : (asked.get(id) ?? 0);
  // What has not come yet leaves first: what lies ready stays.
  const awaitedLeaving = (item: PackageItem): number => Math.min(leavingOf(item), awaitedUnits(item));
  return {
    staying: items.flatMap((item) =>
      portion(item, item.quantity - leavingOf(item), awaitedUnits(item) - awaitedLeaving(item)),
    ),
    leaving: items.flatMap((item) => portion(item, leavingOf(item), awaitedLeaving(item))),
  };
}

function portion({ awaited: _, ...item }: PackageItem, quantity: number, awaited: number): PackageItem[] {
  return quantity > 0 ? [{ ...item, quantity, ...(awaited > 0 ? { awaited } : {}) }] : [];
}

/** Units of an item that transfers are to bring. */
export const awaitedUnits = ({ awaited = 0 }: Pick<PackageItem, 'awaited'>): number => awaited;

/** The items after `units` of them have come to the package's location, or were found there. */
export function arrived(items: readonly PackageItem[], units: ReadonlyMap<string, number>): PackageItem[] {
  return items.flatMap((item) => portion(item, item.quantity, awaitedUnits(item) - (units.get(item.id) ?? 0)));
}

/** Units of an item that have not come back. */
export const unitsOut = ({ quantity, returns = [] }: PackageItem): number =>
  quantity - returns.reduce((sum, entry) => sum + entry.quantity, 0);

/** Units per order line. */
export function unitsByLine(items: readonly Pick<PackageItem, 'lineId' | 'quantity'>[]): Record<string, number> {
  const units: Record<string, number> = {};
  for (const { lineId, quantity } of items) units[lineId] = (units[lineId] ?? 0) + quantity;
  return units;
}

/** Units per SKU, in the order in which the SKUs come first. */
export function unitsBySku(
  items: readonly Pick<PackageItem, 'sku' | 'quantity'>[],
): { sku: string; quantity: number }[] {
  const units = new Map<string, number>();
  for (const { sku, quantity } of items) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}

/** What is wrong with a list of units that a command names, pointing into its body. */
export function unitFaults(
  items: readonly ItemUnits[],
  units: readonly ItemUnits[],
  pointer: string,
): { pointer: string; detail: string }[] {
  const left = new Map(items.map(({ id, quantity }) => [id, quantity]));
  return units.flatMap(({ id, quantity }, index) => {
    const rest = left.get(id);
    if (rest === undefined) return [{ pointer: `${pointer}/${index}/id`, detail: `the package has no item ${id}` }];
    left.set(id, rest - quantity);
    if (quantity <= rest) return [];
    return [{ pointer: `${pointer}/${index}/quantity`, detail: `item ${id} has no more than ${rest} units left` }];
  });
}

/** What a package holds in the books of its location: what transfers are to bring is held at their sources. */
export function heldItems({ isReserved, items }: Pick<PackageRecord, 'isReserved' | 'items'>): PackageItem[] {
  return isReserved ? items.flatMap((item) => portion(item, item.quantity - awaitedUnits(item), 0)) : [];
}

/** The items without some of their units, which were chosen one by one: a keep-together group is not looked at. */
export function withoutUnits(items: readonly PackageItem[], units: readonly ItemUnits[]): PackageItem[] {
  const taken = new Map(units.map(({ id, quantity }) => [id, quantity]));
  return items
    .map((item) => ({ ...item, quantity: item.quantity - (taken.get(item.id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}
