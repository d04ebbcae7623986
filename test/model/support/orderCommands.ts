import { findTransition } from '../../../src/domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE, type PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { CancelOrder, OrderCommand } from '../../../src/domain/order/commands.js';
import { allowedFor, cancelled } from './parcelCommands.js';
import { changed, consequences, isOver, withParcel, withTask } from './orders.js';
import { accepted, refused, type ModelOrder, type ModelParcel, type Outcome, type Units } from './state.js';
import { byLine, isNone, minus, plus, positive, tally } from './units.js';

/** On its way, whatever becomes of its order. */
const LEFT: readonly PackageState[] = ['shipped', 'ready_for_pickup', 'attempted_delivery', 'delivery_failed'];
const ADDRESSED: readonly PackageState[] = [...LEFT, 'waiting_cargo_label', 'packed', 'cancellation_waiting'];
const UNTOUCHED: readonly PackageState[] = ['waiting', 'stale_waiting'];
/** Units can be taken out of what is not packed and waits for nothing; out of others only all of them. */
const isGiving = (state: PackageState): boolean =>
  state !== 'waiting_for_transfer' && findTransition(PACKAGE_LIFECYCLE, state, 'plan_manually') !== null;
const WHOLE: readonly PackageState[] = ['waiting_for_transfer', 'packed'];

const illegal = (): Outcome => refused('order.illegal_transition');

/** What a command does to an order that is at rest. `either` when the model leaves it to the system. */
export function commandOrder(order: ModelOrder, command: OrderCommand): Outcome | 'either' {
  if (order.end !== null) return refused('order.illegal_transition', 'workflow.ended');
  switch (command.command) {
    case 'hold':
      return order.isHeld || hasLeft(order) ? illegal() : accepted(consequences({ ...order, isHeld: true }));
    case 'release':
      return order.isHeld ? accepted(consequences({ ...order, isHeld: false })) : illegal();
    case 'change_priority':
      return accepted({ ...order, priority: command.priority });
    case 'change_address':
      return changeAddress(order);
    case 'replan':
      return replan(order);
    case 'cancel':
      if (command.reason !== 'customer') return refused('request.unprocessable');
      return command.lines ? withdraw(order, command.lines) : cancel(order);
  }
}

const open = ({ parcels }: ModelOrder): ModelParcel[] => parcels.filter((parcel) => !isOver(parcel));

const isPending = ({ loose, tasks }: ModelOrder): boolean => !isNone(loose) || tasks.length > 0;

/** Nothing of it is here any more. */
const hasLeft = (order: ModelOrder): boolean =>
  !isPending(order) && open(order).every(({ state }) => LEFT.includes(state));

function cancel(order: ModelOrder): Outcome {
  const given = open(order).filter((parcel) => allowedFor(parcel).includes('cancel'));
  if (given.length === 0 && !isPending(order)) return illegal();
  const after = given.reduce((so, parcel) => cancelled(so, parcel).order, order);
  return accepted(consequences({ ...after, cancelled: plus(after.cancelled, after.loose), loose: {}, tasks: [] }));
}

function withdraw(order: ModelOrder, lines: NonNullable<CancelOrder['lines']>): Outcome | 'either' {
  const asked = tally(
    lines,
    ({ id }) => id,
    ({ quantity }) => quantity,
  );
  const unitsOf = (isMeant: (state: PackageState) => boolean): Units =>
    open(order)
      .filter(({ state }) => isMeant(state))
      .map(({ items }) => byLine(items))
      .reduce<Units>(plus, {});
  const loose = plus(order.loose, unitsOf(isGiving));
  const after = withTask(order, { kind: 'withdraw', units: asked });
  if (isNone(positive(minus(asked, loose)))) return accepted(after);
  return isNone(
    positive(
      minus(
        asked,
        plus(
          loose,
          unitsOf((state) => WHOLE.includes(state)),
        ),
      ),
    ),
  )
    ? 'either'
    : illegal();
}

/** What the model expects of an order whose units were withdrawn, where it could not tell whether they would be. */
export const withdrawn = (order: ModelOrder, lines: NonNullable<CancelOrder['lines']>): ModelOrder =>
  withTask(order, {
    kind: 'withdraw',
    units: tally(
      lines,
      ({ id }) => id,
      ({ quantity }) => quantity,
    ),
  });

function recall(order: ModelOrder, parcels: readonly ModelParcel[]): ModelOrder {
  const after = parcels.reduce(
    (so, parcel) => withParcel(so, changed(parcel, { state: 'cancelled', isHeld: false, isReplaced: true })),
    order,
  );
  return { ...after, loose: parcels.map(({ items }) => byLine(items)).reduce<Units>(plus, after.loose) };
}

function changeAddress(order: ModelOrder): Outcome {
  const isFulfilled = order.parcels.some((parcel) => isOver(parcel) && parcel.state !== 'cancelled');
  if (isFulfilled || open(order).some(({ state }) => ADDRESSED.includes(state))) return illegal();
  return accepted(consequences(recall(order, open(order))));
}

function replan(order: ModelOrder): Outcome {
  const untouched = open(order).filter(({ state }) => UNTOUCHED.includes(state));
  const parked = open(order).filter(({ state }) => state === 'out_of_stock');
  if (order.isHeld || untouched.length + parked.length === 0) return illegal();
  return accepted(consequences(woken(recall(order, untouched))));
}

/** Everything that is parked is tried again. */
export const woken = (order: ModelOrder): ModelOrder =>
  open(order)
    .filter(({ state, number }) => state === 'out_of_stock' && !order.tasks.some((task) => isAbout(task, number)))
    .reduce((so, { number }) => withTask(so, { kind: 'retry', parcel: number }), order);

const isAbout = (task: ModelOrder['tasks'][number], number: string): boolean =>
  task.kind !== 'withdraw' && task.parcel === number;
