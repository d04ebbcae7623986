import { allowedCommands } from '../../../src/domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE, type PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { CommandOf, PackageCommand } from '../../../src/domain/package/commands.js';
import { changed, consequences, excluding, isOver, withParcel, withTask } from './orders.js';
import { accepted, refused, type ModelItem, type ModelOrder, type ModelParcel, type Outcome } from './state.js';
import { tally, without } from './units.js';

/** What the outside of an order is at this moment, as far as commands depend on it. */
export interface Surroundings {
  readonly isActive: (location: string) => boolean;
}

type Name = PackageCommand['command'];
type Rule<Of extends Name> = (
  order: ModelOrder,
  parcel: ModelParcel,
  command: CommandOf<Of>,
  surroundings: Surroundings,
) => Outcome;

/** What the table lets a caller do with the package. */
export function allowedFor({ state, before, isHeld }: ModelParcel): string[] {
  const allowed = allowedCommands(PACKAGE_LIFECYCLE, state, before).map(({ command }) => command);
  return isHeld ? allowed.filter((command) => command !== 'unblock') : allowed;
}

/** What a command does to a package of an order that is at rest. */
export function commandParcel(
  order: ModelOrder,
  parcel: ModelParcel,
  command: PackageCommand,
  surroundings: Surroundings,
): Outcome {
  if (isOver(parcel)) return refused('package.illegal_transition', 'workflow.ended');
  if (!allowedFor(parcel).includes(command.command)) return refused('package.illegal_transition');
  return (RULES[command.command] as Rule<Name>)(order, parcel, command, surroundings);
}

const unprocessable = (): Outcome => refused('request.unprocessable');

function moved(order: ModelOrder, parcel: ModelParcel, change: Partial<ModelParcel>): Outcome {
  const next = changed(parcel, change);
  return accepted(consequences(withParcel(order, next)), next.state);
}

const to =
  (state: PackageState): Rule<Name> =>
  (order, parcel) =>
    moved(order, parcel, { state });

const unchanged: Rule<Name> = (order, parcel) => accepted(order, parcel.state);

const linesOf = (items: readonly ModelItem[]): string[] => [...new Set(items.map(({ line }) => line))];

const RULES: { readonly [Of in Name]: Rule<Of> } = {
  prepare: to('preparing'),
  ready: to('ready_for_packaging'),
  release: to('waiting'),
  attempt_delivery: to('attempted_delivery'),
  deliver: to('delivered'),
  fail_delivery: to('delivery_failed'),
  confirm_cancellation: to('cancelled'),
  pack_for_refund: to('packed_for_refund'),
  ready_for_pickup: to('ready_for_pickup'),
  deallocate: (order, parcel) => moved(order, parcel, { state: 'preparing', isReserved: false }),
  block: (order, parcel) => moved(order, parcel, { state: 'blocked', before: parcel.state }),
  unblock: (order, parcel) => moved(order, parcel, { state: parcel.before ?? 'waiting', before: null }),
  refuse_cancellation: (order, parcel) => moved(order, parcel, { state: parcel.before ?? 'packed', before: null }),
  update_invoice: unchanged,
  update_label: (order, parcel) => moved(order, parcel, { hasShipment: true, isAtCarrier: true }),
  update_shipment: (order, parcel) => moved(order, parcel, { hasShipment: true }),
  // The brand does not allow it.
  replace_product: unprocessable,
  pack: (order, parcel, { withShipment = true }) => {
    const after = moved(order, parcel, {
      state: 'packed',
      ...(withShipment && { hasShipment: true, isAtCarrier: true }),
    });
    // A carrier that does not answer in time, or a worker that dies meanwhile: the label comes by itself.
    return after.isAccepted && withShipment ? { ...after, states: [...after.states, 'waiting_cargo_label'] } : after;
  },
  ship: (order, parcel, { trackingNumber, withoutIntegration = false }) => {
    if (!withoutIntegration && trackingNumber === undefined && !parcel.hasShipment) return unprocessable();
    return moved(order, parcel, { state: 'shipped', hasShipment: parcel.hasShipment || trackingNumber !== undefined });
  },
  // Nobody guesses it: the codes of the steps are wrong on purpose.
  hand_over: (order, parcel, { pickupCode }) =>
    pickupCode === undefined ? moved(order, parcel, { state: 'delivered' }) : unprocessable(),
  return: giveBack,
  reschedule,
  refuse: (order, parcel, { reason }) => {
    if (reason !== 'damaged') return unprocessable();
    const back = withParcel(order, changed(parcel, { state: 'needs_rescheduling' }));
    const without = excluding(back, parcel.location, linesOf(parcel.items));
    return accepted(withTask(without, { kind: 'replan', parcel: parcel.number }), 'needs_rescheduling');
  },
  report_missing: (order, parcel, { items, scope }) =>
    lose(order, parcel, { units: items, isWhole: scope === 'package', state: parcel.state }),
  prepare_items: (order, parcel, { missing = [] }) =>
    missing.length === 0
      ? moved(order, parcel, { state: 'preparing' })
      : lose(order, parcel, { units: missing, isWhole: false, state: 'preparing' }),
  plan_manually: planManually,
  cancel: (order, parcel, { reason }) => {
    if (reason !== 'customer') return unprocessable();
    const { order: after, states } = cancelled(order, parcel);
    return accepted(consequences(after), ...states);
  },
};

/** The package after it was cancelled, and what may be answered: a carrier has the last word on what is packed. */
export function cancelled(order: ModelOrder, parcel: ModelParcel) {
  const isAsked = parcel.isAtCarrier && ['packed', 'waiting_cargo_label'].includes(parcel.state);
  const after = withParcel(order, changed(parcel, { state: 'cancelled', before: null, isHeld: false }));
  return { order: after, states: isAsked ? ['cancellation_waiting', 'cancelled'] : ['cancelled'] };
}

const sumById = (units: readonly { readonly id: string; readonly quantity: number }[]) =>
  tally(
    units,
    ({ id }) => id,
    ({ quantity }) => quantity,
  );

/** The units named are those of the package, or fewer. */
function fits(items: readonly { id: string; quantity: number }[], units: Readonly<Record<string, number>>): boolean {
  return Object.entries(units).every(([id, n]) => n <= (items.find((item) => item.id === id)?.quantity ?? 0));
}

interface Lost {
  readonly units: readonly { readonly id: string; readonly quantity: number }[];
  readonly isWhole: boolean;
  /** Where the package is when some of it stays. */
  readonly state: PackageState;
}

function lose(order: ModelOrder, parcel: ModelParcel, { units, isWhole, state }: Lost): Outcome {
  const lost = sumById(units);
  if (!fits(parcel.items, lost)) return unprocessable();
  const skus = new Set(parcel.items.filter(({ id }) => id in lost).map(({ sku }) => sku));
  const lines = order.lines.filter(({ sku }) => skus.has(sku)).map(({ id }) => id);
  const barred = excluding(order, parcel.location, lines);
  const staying = without(parcel.items, lost);
  if (isWhole || staying.length === 0) {
    const out = withParcel(barred, changed(parcel, { state: 'out_of_stock' }));
    return accepted(withTask(out, { kind: 'replan', parcel: parcel.number }), 'out_of_stock');
  }
  const loose = tally(
    parcel.items.filter(({ id }) => id in lost),
    ({ line }) => line,
    ({ id }) => lost[id] ?? 0,
  );
  const rest = withParcel(barred, changed(parcel, { state, items: staying }));
  return accepted(consequences({ ...rest, loose: add(rest.loose, loose) }), state);
}

const add = (a: ModelOrder['loose'], b: ModelOrder['loose']) =>
  tally(
    [...Object.entries(a), ...Object.entries(b)],
    ([key]) => key,
    ([, n]) => n,
  );

function reschedule(order: ModelOrder, parcel: ModelParcel): Outcome {
  const { number, state } = parcel;
  if (state === 'stale_waiting') {
    const back = withParcel(order, changed(parcel, { state: 'needs_rescheduling' }));
    return accepted(withTask(back, { kind: 'replan', parcel: number }), 'needs_rescheduling');
  }
  // It is being planned again already.
  const isKnown = order.tasks.some((task) => task.kind === 'replan' && task.parcel === number);
  return accepted(isKnown ? order : withTask(order, { kind: 'retry', parcel: number }), state);
}

function giveBack(order: ModelOrder, parcel: ModelParcel, { items: given }: CommandOf<'return'>): Outcome {
  const out = parcel.items.map((item) => ({ ...item, quantity: item.quantity - item.returned }));
  const back = given ? sumById(given) : sumById(out);
  if (given && !fits(out, back)) return unprocessable();
  const items = parcel.items.map((item) => ({ ...item, returned: item.returned + (back[item.id] ?? 0) }));
  const isAll = items.every(({ quantity, returned }) => quantity === returned);
  return moved(order, parcel, { items, state: isAll ? 'returned' : parcel.state });
}

function planManually(
  order: ModelOrder,
  parcel: ModelParcel,
  { groups }: CommandOf<'plan_manually'>,
  { isActive }: Surroundings,
): Outcome {
  const given = sumById(groups.flatMap(({ items }) => items));
  if (parcel.items.some(({ id, quantity }) => given[id] !== quantity)) return unprocessable();
  if (!groups.every(({ location }) => isActive(location))) return unprocessable();
  const packages = groups.map(({ location, items }) => ({
    location,
    items: items.flatMap(({ id, quantity }, index) => {
      const item = parcel.items.find((known) => known.id === id);
      return item ? [{ ...item, id: String(index + 1), quantity, awaited: 0 }] : [];
    }),
  }));
  return accepted(
    withTask(
      { ...order, tasks: order.tasks.filter((task) => task.kind === 'withdraw' || task.parcel !== parcel.number) },
      { kind: 'by_hand', parcel: parcel.number, packages },
    ),
    'cancelled',
  );
}
