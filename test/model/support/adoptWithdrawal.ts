import { NotYet } from './notYet.js';
import { changed, isOver, withParcel } from './orders.js';
import { seenItem, type Seen } from './seen.js';
import type { ModelOrder, ModelParcel, Units } from './state.js';
import { byLine, isNone, isSame, minus, plus, positive } from './units.js';

/** Reads from which packages units were withdrawn: as many as were asked for, and from each no more than it had. */
export function adoptWithdrawal(order: ModelOrder, seen: Seen): ModelOrder {
  const asked = order.tasks.flatMap((task) => (task.kind === 'withdraw' ? [task.units] : [])).reduce<Units>(plus, {});
  if (isNone(asked)) return order;
  const rest = { ...order, tasks: order.tasks.filter(({ kind }) => kind !== 'withdraw') };
  const none: Taken = { order: rest, taken: {}, kept: {} };
  const { order: after, taken, kept } = order.parcels.reduce((so, parcel) => takeFrom(so, parcel, seen), none);
  const fromLoose = minus(asked, taken);
  const loose = minus(after.loose, fromLoose);
  if (!isSame(positive(fromLoose), fromLoose) || !isSame(positive(loose), loose))
    throw new NotYet(`${JSON.stringify(asked)} should be withdrawn, ${JSON.stringify(taken)} are gone from packages`);
  // A package that was cancelled as a whole counts its own units.
  return { ...after, loose: positive(loose), cancelled: plus(plus(after.cancelled, kept), positive(fromLoose)) };
}

interface Taken {
  readonly order: ModelOrder;
  /** Units by line that have left packages. */
  readonly taken: Units;
  /** Of them, those of packages that go on. */
  readonly kept: Units;
}

function takeFrom({ order, taken, kept }: Taken, parcel: ModelParcel, { packages }: Seen): Taken {
  const record = packages.find(({ number }) => number === parcel.number);
  if (!record || isOver(parcel)) return { order, taken, kept };
  if (record.state === 'cancelled' && record.reason?.kind === 'cancellation') {
    const ended = changed(parcel, { state: 'cancelled', before: null, isHeld: false });
    return { order: withParcel(order, ended), taken: plus(taken, byLine(parcel.items)), kept };
  }
  const items = record.items.map(seenItem);
  const gone = minus(byLine(parcel.items), byLine(items));
  if (record.state !== parcel.state || isNone(gone)) return { order, taken, kept };
  return {
    order: withParcel(order, changed(parcel, { items })),
    taken: plus(taken, gone),
    kept: plus(kept, gone),
  };
}
