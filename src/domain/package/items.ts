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
  const portion = (of: (item: PackageItem) => number) =>
    items.flatMap((item) => (of(item) > 0 ? [{ ...item, quantity: of(item) }] : []));
  return { staying: portion((item) => item.quantity - leavingOf(item)), leaving: portion(leavingOf) };
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

/** What is wrong with a list of units that a command names, pointing into its body. */
export function unitFaults(
  items: readonly PackageItem[],
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

/** What a package holds in the books of its location. */
export function heldItems({ isReserved, items }: Pick<PackageRecord, 'isReserved' | 'items'>): readonly PackageItem[] {
  return isReserved ? items : [];
}
