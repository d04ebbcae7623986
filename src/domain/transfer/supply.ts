import { awaitedUnits } from '../package/items.js';
import type { PackageItem } from '../package/package.js';
import type { TransferDraft } from './transfer.js';

/** Units by item of the package; an item that is absent has none. */
export type ItemCounts = Readonly<Record<string, number>>;

/**
 * Where the units come from that a package awaits: by open transfer, and what the order looks for at other
 * sources. Plain data.
 */
export interface Supply {
  readonly incoming: Readonly<Record<string, ItemCounts>>;
  readonly asked: ItemCounts;
}

export const NO_SUPPLY: Supply = { incoming: {}, asked: {} };

/** The supply with further transfers that are about to begin. */
export function withTransfers(supply: Supply, transfers: readonly TransferDraft[]): Supply {
  const added = transfers.map(({ number, items }) => [number, countsOf(items)] as const);
  return { ...supply, incoming: { ...supply.incoming, ...Object.fromEntries(added) } };
}

/** A transfer is over: the supply without it, and how much of what arrived the package was waiting for. */
export function withoutTransfer(
  supply: Supply,
  transfer: string,
  arrived: ItemCounts,
): { readonly supply: Supply; readonly taken: ReadonlyMap<string, number> } {
  const { [transfer]: expected = {}, ...incoming } = supply.incoming;
  const taken = Object.entries(expected).map(([item, units]): [string, number] => [
    item,
    Math.min(units, arrived[item] ?? 0),
  ]);
  return { supply: { ...supply, incoming }, taken: new Map(taken.filter(([, units]) => units > 0)) };
}

/** Units that the package awaits and nobody brings or looks for. */
export function lackingUnits(items: readonly PackageItem[], supply: Supply): ItemCounts {
  return positive(
    items.map((item): [string, number] => [item.id, awaitedUnits(item) - expectedUnits(supply, item.id)]),
  );
}

export const withAsked = (supply: Supply, units: ItemCounts): Supply => ({
  ...supply,
  asked: plus(supply.asked, units),
});

/** The order has looked for these units: they are incoming now, or come from nowhere. */
export function withAnswer(supply: Supply, asked: ItemCounts): Supply {
  const left = Object.entries(supply.asked).map(([item, units]): [string, number] => [
    item,
    units - (asked[item] ?? 0),
  ]);
  return { ...supply, asked: positive(left) };
}

/**
 * Takes back what more is on its way than the package awaits, from the latest transfer first.
 *
 * @returns the supply that is left, and for each transfer that loses something all that is still wanted of it.
 */
export function trim(
  items: readonly PackageItem[],
  supply: Supply,
): { readonly supply: Supply; readonly wanted: ReadonlyMap<string, ItemCounts> } {
  const excess = new Map<string, number>();
  const expected = new Set(Object.values(supply.incoming).flatMap((units) => Object.keys(units)));
  for (const id of expected) {
    const item = items.find((known) => known.id === id);
    excess.set(id, expectedUnits(supply, id) - (item ? awaitedUnits(item) : 0));
  }
  const wanted = new Map<string, ItemCounts>();
  const left = Object.entries(supply.incoming).reverse();
  for (const [transfer, units] of left) {
    const kept = Object.entries(units).map(([id, quantity]): [string, number] => {
      const cut = Math.min(quantity, Math.max(0, excess.get(id) ?? 0));
      excess.set(id, (excess.get(id) ?? 0) - cut);
      return [id, quantity - cut];
    });
    if (kept.some(([id, quantity]) => quantity !== units[id])) wanted.set(transfer, positive(kept));
  }
  const incoming = Object.entries(supply.incoming).flatMap(([transfer, units]): [string, ItemCounts][] => {
    const kept = wanted.get(transfer) ?? units;
    return Object.keys(kept).length > 0 ? [[transfer, kept]] : [];
  });
  return { supply: { ...supply, incoming: Object.fromEntries(incoming) }, wanted };
}

function expectedUnits({ incoming, asked }: Supply, item: string): number {
  return Object.values(incoming).reduce((sum, units) => sum + (units[item] ?? 0), asked[item] ?? 0);
}

function countsOf(items: TransferDraft['items']): ItemCounts {
  return items.reduce<ItemCounts>((counts, { packageItem, quantity }) => plus(counts, { [packageItem]: quantity }), {});
}

function plus(counts: ItemCounts, more: ItemCounts): ItemCounts {
  const sum = { ...counts };
  for (const [item, units] of Object.entries(more)) sum[item] = (sum[item] ?? 0) + units;
  return sum;
}

const positive = (counts: readonly (readonly [string, number])[]): ItemCounts =>
  Object.fromEntries(counts.filter(([, units]) => units > 0));
