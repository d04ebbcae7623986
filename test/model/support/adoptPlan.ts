import { packageNumber } from '../../../src/domain/numbers.js';
import type { PackageRecord } from '../../../src/domain/package/package.js';
import { NotYet } from './notYet.js';
import { changed, holdsOf, isMoving, isOver, lacking, withParcel } from './orders.js';
import { seenItem, seenParcel, seenTransfer, type Seen } from './seen.js';
import type { ModelItem, ModelOrder, ModelParcel, Task, Units } from './state.js';
import { byLine, isNone, isSame, minus, plus, positive } from './units.js';

/** What planning may count on, apart from what this order holds itself. */
export interface Market {
  /** Units by `location|sku` that the stock service answers. */
  readonly stock: Units;
  /** Units by `location|sku` that other orders hold. */
  readonly heldByOthers: Units;
  /** Active locations. */
  readonly active: ReadonlySet<string>;
  /** Places that are out of the question for a SKU, or may be: `location|sku` that somebody reported missing. */
  readonly doubtful: ReadonlySet<string>;
  /** Nobody else is planned at this moment, so that what lies free is free for this order. */
  readonly isAlone: boolean;
}

/** Reads from the records where units got their place, and refuses what planning must not choose. */
export function adoptPlan(order: ModelOrder, seen: Seen, market: Market): ModelOrder {
  if (!isMoving(order)) return order;
  const byHand = order.tasks.find((task) => task.kind === 'by_hand');
  if (byHand) return adoptChosen(order, byHand, seen);
  const begun: Leaving = { order: { ...order, tasks: [], loose: {} }, units: order.loose };
  const { order: left, units } = order.tasks.reduce((so, task) => leave(so, task, seen), begun);
  const fresh = freshPackages(order, seen);
  const placed = fresh.map(({ items }) => byLine(items.map(seenItem))).reduce<Units>(plus, {});
  if (!isSame(placed, units))
    throw new NotYet(`${JSON.stringify(units)} need a place, and ${JSON.stringify(placed)} have one`);
  const transfers = seen.transfers.filter(({ number }) => !order.transfers.some((known) => known.number === number));
  const after: ModelOrder = {
    ...left,
    parcels: [...left.parcels, ...fresh.map(seenParcel)],
    transfers: [...left.transfers, ...transfers.map(seenTransfer)],
  };
  for (const parcel of fresh) requireBegun(parcel, seen);
  for (const parcel of after.parcels) requireSupplied(after, parcel);
  for (const parcel of fresh) requireAllowed(order, parcel, market);
  for (const transfer of transfers) requireSource(order, transfer, market);
  requireAvailable(order, after, market);
  if (market.isAlone) requireNothingLeft(order, after, parkedOf(order, after, fresh), market);
  return after;
}

/** Packages that the model has not heard of, numbered on without a gap. */
function freshPackages({ number, parcels }: ModelOrder, { packages }: Seen): PackageRecord[] {
  const fresh = packages.filter((record) => !parcels.some((known) => known.number === record.number));
  for (const [index, record] of fresh.entries()) {
    if (record.number !== packageNumber(number, parcels.length + index + 1))
      throw new NotYet(`${record.number} is not the next number`);
  }
  return fresh;
}

/** A person's choice is carried out to the letter. */
function adoptChosen(order: ModelOrder, task: Extract<Task, { kind: 'by_hand' }>, seen: Seen): ModelOrder {
  const fresh = freshPackages(order, seen);
  const made = fresh.map(({ location, items }) => ({ location, items: items.map(seenItem) }));
  if (JSON.stringify(made) !== JSON.stringify(task.packages))
    throw new NotYet(`a person chose ${JSON.stringify(task.packages)}, and there is ${JSON.stringify(made)}`);
  const parcels = fresh.map((record) => ({
    ...seenParcel(record),
    state: 'waiting' as const,
    before: null,
    isHeld: false,
  }));
  const left = replaced(order, task.parcel, seen);
  return {
    ...left,
    tasks: order.tasks.filter((other) => other !== task),
    parcels: [...left.parcels, ...parcels.map((parcel) => changed(parcel, { isReserved: true }))],
  };
}

interface Leaving {
  readonly order: ModelOrder;
  /** Units by line that need a place. */
  readonly units: Units;
}

function leave({ order, units }: Leaving, task: Task, seen: Seen): Leaving {
  if (task.kind === 'withdraw' || task.kind === 'by_hand') return { order, units };
  const parcel = order.parcels.find(({ number }) => number === task.parcel);
  const record = seen.packages.find(({ number }) => number === task.parcel);
  if (!parcel || !record || isOver(parcel)) return { order, units };
  const isGone = record.state === 'cancelled';
  if (task.kind === 'replan' || isGone) {
    const freed = plus(units, byLine(parcel.items));
    return { order: replaced(order, parcel.number, seen), units: freed };
  }
  if (task.kind === 'retry') return { order, units };
  return supplied({ order, units }, parcel, record);
}

/** The package ends, and tells where its units went. */
function replaced(order: ModelOrder, number: string, seen: Seen): ModelOrder {
  const parcel = order.parcels.find((known) => known.number === number);
  const record = seen.packages.find((known) => known.number === number);
  if (!parcel || record?.state !== 'cancelled')
    throw new NotYet(`${number} should have been replaced, is ${record?.state}`);
  if (record.replacedBy.length === 0) throw new NotYet(`${number} does not tell where its units went`);
  // What it lost before it ended is in its record.
  const items = record.items.map(seenItem);
  return withParcel(
    order,
    changed(parcel, { items, state: 'cancelled', before: null, isHeld: false, isReplaced: true }),
  );
}

/** Other sources bring what was missing, or it leaves the package; what lies there stays. */
function supplied({ order, units }: Leaving, parcel: ModelParcel, record: PackageRecord): Leaving {
  const items = record.items.map(seenItem);
  const here = ({ quantity, awaited }: ModelItem) => quantity - awaited;
  for (const item of parcel.items) {
    const now = items.find(({ id }) => id === item.id);
    if ((now ? here(now) : 0) !== here(item))
      throw new NotYet(`${parcel.number} lost units of item ${item.id} that lie there`);
  }
  const isComplete = parcel.state === 'waiting_for_transfer' && items.every(({ awaited }) => awaited === 0);
  const after = changed(parcel, { items, ...(isComplete && { state: 'waiting' as const }) });
  return {
    order: withParcel(order, after),
    units: plus(units, positive(minus(byLine(parcel.items), byLine(items)))),
  };
}

const INITIAL: readonly string[] = ['waiting', 'waiting_for_transfer', 'out_of_stock'];

/** The package stands where packages begin, and its transfers have begun. */
function requireBegun({ number, state, transfers }: PackageRecord, seen: Seen): void {
  if (!INITIAL.includes(state)) throw new NotYet(`${number} begins as ${state}`);
  const missing = transfers.find((name) => !seen.transfers.some((record) => record.number === name));
  if (missing !== undefined) throw new NotYet(`${missing} is not recorded`);
}

/** Transfers bring what the package does not have. */
function requireSupplied(after: ModelOrder, parcel: ModelParcel): void {
  const units = isOver(parcel) ? {} : lacking(after, parcel);
  if (!isNone(units)) throw new NotYet(`${parcel.number} awaits ${JSON.stringify(units)} from nowhere`);
}

/** What planning has just left without a place. */
function parkedOf(
  { tasks }: ModelOrder,
  { parcels }: ModelOrder,
  fresh: readonly PackageRecord[],
): readonly ModelItem[] {
  const isTried = ({ number }: ModelParcel) =>
    fresh.some((record) => record.number === number) ||
    tasks.some((task) => task.kind === 'retry' && task.parcel === number);
  return parcels.filter((parcel) => parcel.state === 'out_of_stock' && isTried(parcel)).flatMap(({ items }) => items);
}

function requireAllowed(
  { excluded }: ModelOrder,
  { number, location, state, items }: PackageRecord,
  market: Market,
): void {
  if (state === 'out_of_stock') return;
  if (!market.active.has(location)) throw new NotYet(`${number} is at ${location}, which is not active`);
  const barred = items.map(seenItem).find(({ line, quantity, awaited }) => {
    return quantity > awaited && excluded.has(`${location}|${line}`);
  });
  if (barred) throw new NotYet(`${number} has line ${barred.line} at ${location}, which gave it back`);
}

function requireSource(
  { excluded }: ModelOrder,
  { number, source, items }: Seen['transfers'][number],
  market: Market,
): void {
  if (!market.active.has(source)) throw new NotYet(`${number} comes from ${source}, which is not active`);
  const barred = items.find(({ lineId }) => excluded.has(`${source}|${lineId}`));
  if (barred) throw new NotYet(`${number} brings line ${barred.lineId} from ${source}, which does not have it`);
}

/** No plan promises more than the stock service answered. */
function requireAvailable(before: ModelOrder, after: ModelOrder, { stock, heldByOthers }: Market): void {
  const held = holdsOf(after);
  const more = positive(minus(held, holdsOf(before)));
  for (const key of Object.keys(more)) {
    const promised = (held[key] ?? 0) + (heldByOthers[key] ?? 0);
    if (promised > (stock[key] ?? 0))
      throw new NotYet(`${promised} of ${key} are promised, ${stock[key] ?? 0} are there`);
  }
}

/** What is parked lies nowhere where it could have been planned. */
function requireNothingLeft(
  { excluded }: ModelOrder,
  after: ModelOrder,
  parked: readonly ModelItem[],
  { stock, heldByOthers, active, doubtful }: Market,
): void {
  const held = plus(holdsOf(after), heldByOthers);
  for (const { line, sku } of parked) {
    const place = [...active].find((location) => {
      const key = `${location}|${sku}`;
      const isFree = (stock[key] ?? 0) > (held[key] ?? 0);
      return isFree && !doubtful.has(key) && !excluded.has(`${location}|${line}`);
    });
    if (place !== undefined) throw new NotYet(`line ${line} is parked, and ${place} has it`);
  }
}
