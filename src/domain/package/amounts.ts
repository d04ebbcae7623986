import type { Minor, OrderLine } from '../order/order.js';
import type { PackageItem, PackageRecord } from './package.js';

type Counted = Pick<PackageRecord, 'number' | 'state' | 'items'>;

/** What the units of one item cost, in whole minor units of the order's currency. */
export interface ItemAmount {
  readonly item: PackageItem;
  /** Unit price times quantity. */
  readonly gross: Minor;
  /** Its part of the discount of the line. */
  readonly discount: Minor;
  /** To be paid: `gross` less `discount`. */
  readonly net: Minor;
}

/**
 * What a package of an order costs. The discount of a line is for all of its units: packages take their parts of it in
 * the order of their numbers, so that the parts add up to it to the last minor unit, whatever the rounding.
 *
 * @param packages All packages of the order.
 */
export function packageAmounts(
  lines: readonly OrderLine[],
  packages: readonly Counted[],
  { number, items }: Counted,
): ItemAmount[] {
  const earlier = packages
    .filter((other) => other.state !== 'cancelled' && serial(other) < serial({ number }))
    .flatMap((other) => other.items);
  return items.map((item, index) => {
    const line = lines.find(({ id }) => id === item.lineId);
    const before = units([...earlier, ...items.slice(0, index)], item.lineId);
    const discount = line ? share(line, before + item.quantity) - share(line, before) : 0;
    const gross = item.unitPrice * item.quantity;
    return { item, gross, discount, net: gross - discount };
  });
}

/** The sum of what is to be paid for a package. */
export const netOf = (amounts: readonly ItemAmount[]): Minor => amounts.reduce((sum, { net }) => sum + net, 0);

/** Of the discount, for the first so many units of the line. */
const share = ({ discount, quantity }: OrderLine, count: number): Minor =>
  Math.floor((discount * Math.min(count, quantity)) / quantity);

const units = (items: readonly PackageItem[], line: string): number =>
  items.filter(({ lineId }) => lineId === line).reduce((sum, { quantity }) => sum + quantity, 0);

const serial = ({ number }: Pick<PackageRecord, 'number'>): number => Number(/\d+$/.exec(number)?.[0] ?? 0);
