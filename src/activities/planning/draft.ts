import type { LifecyclesInForce, PinnedLifecycle } from '../../domain/lifecycle/pinned.js';
import { packageNumber, transferNumber } from '../../domain/numbers.js';
import type { Order } from '../../domain/order/order.js';
import type { PackageDraft, PackageItem } from '../../domain/package/package.js';
import type { PlanResult } from '../../domain/planning/planCase.js';
import type { PlannedTransfer } from '../../domain/planning/planResult.js';
import type { TransferDraft } from '../../domain/transfer/transfer.js';

/** What packages of a plan begin with. */
export interface Beginning {
  /** Number of the first package of this plan. */
  readonly firstPackage: number;
  readonly replaces: string | null;
  readonly lifecycles: LifecyclesInForce;
}

interface PlacedUnits {
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
}

type Place = Pick<PackageDraft, 'location' | 'state' | 'rule'> & {
  readonly items: readonly PlacedUnits[];
  readonly transfers: readonly PlannedTransfer[];
};

/**
 * The packages of a plan, numbered in its order; units that fit nowhere make one parked package at
 * `defaultLocation`, the last.
 */
export function draftPackages(
  order: Order,
  answer: Pick<PlanResult, 'packages' | 'parked'>,
  defaultLocation: string,
  { firstPackage, replaces, lifecycles }: Beginning,
): Omit<PackageDraft, 'dueAt'>[] {
  const { parked } = answer;
  const waiting: Place[] =
    parked.length > 0
      ? [{ location: defaultLocation, state: 'out_of_stock', rule: null, items: parked, transfers: [] }]
      : [];
  return [...answer.packages, ...waiting].map(({ location, state, rule, items: placed, transfers }, index) => {
    const number = packageNumber(order.number, firstPackage + index);
    const items = placed.map((units, position) => packageItem(order, units, position));
    return {
      ...{ number, order: order.number, location, state, rule, replaces },
      items: items.map((item) => awaiting(item, transfers)),
      transfers: draftTransfers({ number, order: order.number, location, items }, transfers, {
        first: 1,
        lifecycle: lifecycles.transfer,
      }),
      lifecycle: lifecycles.package,
    };
  });
}

function awaiting(item: PackageItem, transfers: readonly PlannedTransfer[]): PackageItem {
  const coming = transfers.flatMap(({ items }) => items).filter(({ line }) => line === item.lineId);
  const awaited = coming.reduce((sum, { quantity }) => sum + quantity, 0);
  return awaited > 0 ? { ...item, awaited } : item;
}

/**
 * The transfers of a plan that bring goods to a package, numbered on from `first`.
 *
 * @param parcel Has one item per line.
 */
export function draftTransfers(
  { number, order, location, items }: Pick<PackageDraft, 'number' | 'order' | 'location' | 'items'>,
  transfers: readonly PlannedTransfer[],
  { first, lifecycle }: { readonly first: number; readonly lifecycle: PinnedLifecycle },
): TransferDraft[] {
  return transfers.map(({ source, items: coming }, index) => ({
    number: transferNumber(number, first + index),
    ...{ order, package: number, source, destination: location, lifecycle },
    items: coming.flatMap(({ line, quantity }, position) => {
      const item = items.find(({ lineId }) => lineId === line);
      if (!item) return [];
      const { id: packageItem, lineId, sku, name, barcode } = item;
      return [
        {
          ...{ id: String(position + 1), packageItem, lineId, sku, name, quantity },
          ...(barcode === undefined ? {} : { barcode }),
        },
      ];
    }),
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
