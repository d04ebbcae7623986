import { findTransition, isFinal } from '../../../src/domain/lifecycle/lifecycle.js';
import { keepsReservation, PACKAGE_LIFECYCLE } from '../../../src/domain/lifecycle/packageLifecycle.js';
import { TRANSFER_LIFECYCLE } from '../../../src/domain/lifecycle/transferLifecycle.js';
import type { ModelOrder, ModelParcel, ModelTransfer, Task, Units } from './state.js';
import { isNone, plus, tally } from './units.js';

export interface NewOrder {
  readonly number: string;
  readonly lines: ModelOrder['lines'];
}

/** An order that has just come in: all of its units need a place. */
export const newModelOrder = ({ number, lines }: NewOrder): ModelOrder => ({
  ...{ number, lines, isHeld: false, priority: 3, end: null, cancelled: {}, decisions: 0 },
  loose: Object.fromEntries(lines.map(({ id, quantity }) => [id, quantity])),
  ...{ parcels: [], transfers: [], excluded: new Set<string>(), tasks: [] },
});

export const isOver = ({ state }: Pick<ModelParcel, 'state'>): boolean => isFinal(PACKAGE_LIFECYCLE, state);
export const hasEnded = ({ state }: Pick<ModelTransfer, 'state'>): boolean => isFinal(TRANSFER_LIFECYCLE, state);

/** The package with what a change brings; goods are held in some states only. */
export function changed(parcel: ModelParcel, change: Partial<ModelParcel>): ModelParcel {
  const next = { ...parcel, ...change };
  return { ...next, isReserved: next.isReserved && keepsReservation(next.state) };
}

export const withParcel = (order: ModelOrder, parcel: ModelParcel): ModelOrder => ({
  ...order,
  parcels: order.parcels.map((known) => (known.number === parcel.number ? parcel : known)),
});

export const withTransfer = (order: ModelOrder, transfer: ModelTransfer): ModelOrder => ({
  ...order,
  transfers: order.transfers.map((known) => (known.number === transfer.number ? transfer : known)),
});

export const withTask = (order: ModelOrder, ...tasks: readonly Task[]): ModelOrder => ({
  ...order,
  tasks: [...order.tasks, ...tasks],
});

export const excluding = (order: ModelOrder, location: string, lines: readonly string[]): ModelOrder => ({
  ...order,
  excluded: new Set([...order.excluded, ...lines.map((line) => `${location}|${line}`)]),
});

/** While it is held, nothing is planned but what a person asks for. */
const waitsToBePlanned = ({ isHeld, loose, tasks }: ModelOrder): boolean =>
  !isHeld && (!isNone(loose) || tasks.some(({ kind }) => kind === 'replan' || kind === 'retry' || kind === 'supply'));

/** Something is still to happen by itself. */
export const isMoving = (order: ModelOrder): boolean =>
  waitsToBePlanned(order) || order.tasks.some(({ kind }) => kind === 'by_hand' || kind === 'withdraw');

/** What follows from the rest without anybody's doing. */
export const consequences = (order: ModelOrder): ModelOrder => ended(blocked(givenUp(forgotten(order))));

/** What is over needs nothing any more. */
function forgotten(order: ModelOrder): ModelOrder {
  const isOpen = (number: string) => order.parcels.some((parcel) => parcel.number === number && !isOver(parcel));
  return { ...order, tasks: order.tasks.filter((task) => task.kind === 'withdraw' || isOpen(task.parcel)) };
}

/** Transfers of a package that is over end, or bring what nobody waits for. */
function givenUp(order: ModelOrder): ModelOrder {
  const isWanted = ({ parcel }: ModelTransfer) => order.parcels.some((one) => one.number === parcel && !isOver(one));
  const transfers = order.transfers.map((transfer): ModelTransfer => {
    if (hasEnded(transfer) || isWanted(transfer)) return transfer;
    if (transfer.state !== 'in_transit') return { ...transfer, state: 'cancelled' };
    return { ...transfer, items: transfer.items.map((item) => ({ ...item, unwanted: item.quantity })) };
  });
  return { ...order, transfers };
}

/** With a held order its packages are blocked, where the table allows it; with its release they go on. */
function blocked(order: ModelOrder): ModelOrder {
  const parcels = order.parcels.map((parcel) => {
    if (!order.isHeld) {
      return parcel.isHeld
        ? changed(parcel, { state: parcel.before ?? 'waiting', before: null, isHeld: false })
        : parcel;
    }
    if (!findTransition(PACKAGE_LIFECYCLE, parcel.state, 'block')) return parcel;
    return changed(parcel, { state: 'blocked', before: parcel.state, isHeld: true });
  });
  return { ...order, parcels };
}

function ended(order: ModelOrder): ModelOrder {
  const isPending = !isNone(order.loose) || order.tasks.length > 0;
  if (order.end !== null || isPending || !order.parcels.every(isOver)) return order;
  const isFulfilled = order.parcels.some(({ state }) => state !== 'cancelled');
  return { ...order, isHeld: order.isHeld, end: isFulfilled ? 'completed' : 'cancelled' };
}

/** What the order holds in the books, by `location|sku`. */
export function holdsOf({ parcels, transfers }: ModelOrder): Units {
  const own = parcels
    .filter(({ isReserved }) => isReserved)
    .map(({ location, items }) =>
      tally(
        items,
        ({ sku }) => `${location}|${sku}`,
        ({ quantity, awaited }) => quantity - awaited,
      ),
    );
  const coming = transfers
    .filter((transfer) => !hasEnded(transfer))
    .map(({ source, items }) =>
      tally(
        items,
        ({ sku }) => `${source}|${sku}`,
        ({ quantity, unwanted }) => quantity - unwanted,
      ),
    );
  return [...own, ...coming].reduce<Units>(plus, {});
}

/** Units by item that the package awaits and that no open transfer brings. */
export function lacking(order: ModelOrder, parcel: ModelParcel): Units {
  const coming = order.transfers
    .filter((transfer) => transfer.parcel === parcel.number && !hasEnded(transfer))
    .flatMap(({ items }) => items);
  const units = parcel.items.map(({ id, awaited }) => {
    const expected = coming.filter(({ packageItem }) => packageItem === id);
    return [id, awaited - expected.reduce((sum, { quantity, unwanted }) => sum + quantity - unwanted, 0)] as const;
  });
  return Object.fromEntries(units.filter(([, n]) => n > 0));
}
