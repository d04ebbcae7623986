import { PACKAGE_LIFECYCLE } from '../../domain/lifecycle/packageLifecycle.js';
import { packageNumber } from '../../domain/numbers.js';
import type { Order } from '../../domain/order/order.js';
import type { PackageDraft, PackageItem } from '../../domain/package/package.js';
import type { PlanResult } from '../../domain/planning/planCase.js';

export interface Numbering {
  /** Number of the first package of this plan. */
  readonly firstPackage: number;
  readonly replaces: string | null;
}

interface PlacedUnits {
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
}

type Place = Pick<PackageDraft, 'location' | 'state' | 'rule'> & { readonly items: readonly PlacedUnits[] };

/**
 * The packages of a plan, numbered in its order; units that fit nowhere make one parked package at
 * `defaultLocation`, the last.
 */
export function draftPackages(
  order: Order,
  answer: Pick<PlanResult, 'packages' | 'parked'>,
  defaultLocation: string,
  { firstPackage, replaces }: Numbering,
): PackageDraft[] {
  const working: Place[] = answer.packages.map(({ location, state, rule, items }) => ({
    location,
    state,
    rule,
    items,
  }));
  const parked: Place[] =
    answer.parked.length > 0
      ? [{ location: defaultLocation, state: 'out_of_stock', rule: null, items: answer.parked }]
      : [];
  return [...working, ...parked].map(({ items, ...place }, index) => ({
    ...place,
    number: packageNumber(order.number, firstPackage + index),
    order: order.number,
    items: items.map((units, position) => packageItem(order, units, position)),
    replaces,
    lifecycle: { name: PACKAGE_LIFECYCLE.name, version: PACKAGE_LIFECYCLE.version },
  }));
}

function packageItem(order: Order, { line: lineId, sku, quantity }: PlacedUnits, position: number): PackageItem {
  const line = order.lines.find(({ id }) => id === lineId);
  return {
    id: String(position + 1),
    lineId,
    sku,
    name: line?.name ?? sku,
    ...(line?.barcode === undefined ? {} : { barcode: line.barcode }),
    ...(line?.keepTogetherGroup === undefined ? {} : { keepTogetherGroup: line.keepTogetherGroup }),
    quantity,
    unitPrice: line?.unitPrice ?? 0,
  };
}
