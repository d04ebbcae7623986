import { conserved, lineQuantities } from '../../../src/domain/order/quantities.js';
import { adoptPlan, type Market } from './adoptPlan.js';
import { adoptWithdrawal } from './adoptWithdrawal.js';
import { firstOf, parcelComplaint, transferComplaint, type Complaint } from './differences.js';
import { NotYet } from './notYet.js';
import { consequences } from './orders.js';
import type { Seen } from './seen.js';
import type { ModelOrder, Task } from './state.js';
import { isNone, isSame, plus, positive, tally } from './units.js';

export type Settled =
  { readonly isSettled: true; readonly order: ModelOrder } | { readonly isSettled: false; readonly complaint: string };

/**
 * Compares an order with its records. What commands do must be there exactly; what the system chose by itself, which
 * is where units get a place and which units are withdrawn, is read from the records and must be something that it
 * may choose.
 *
 * A record lags behind for a moment, so a complaint counts only when it stays.
 */
export function settle(model: ModelOrder, seen: Seen, market: Market): Settled {
  try {
    const adopted = adoptPlan(adoptWithdrawal(model, seen), seen, market);
    const order = { ...consequences(adopted), decisions: seen.order.decisions };
    const complaint = firstOf([
      decisionComplaint(model, seen),
      countComplaint(seen),
      ...order.parcels.map((parcel) => parcelComplaint(parcel, seen)),
      ...order.transfers.map((transfer) => transferComplaint(transfer, seen)),
      strangers(order, seen),
      orderComplaint(order, seen),
      quantityComplaint(order, seen),
    ]);
    return complaint === null ? { isSettled: true, order } : { isSettled: false, complaint };
  } catch (error) {
    if (error instanceof NotYet) return { isSettled: false, complaint: error.message };
    throw error;
  }
}

/** Whatever is planned is a decision of its own, also what was tried in vain. */
function decisionComplaint(model: ModelOrder, { order }: Seen): Complaint {
  const isPlanned = ({ kind }: Task) => kind === 'by_hand' || (!model.isHeld && kind !== 'withdraw');
  const due = model.tasks.filter(isPlanned).length + (!model.isHeld && !isNone(model.loose) ? 1 : 0);
  if (order.decisions >= model.decisions + due) return null;
  return `${due} decisions are due after number ${model.decisions}, the latest is ${order.decisions}`;
}

/** Every package that the order has made is there. */
const countComplaint = ({ order, packages }: Seen): Complaint =>
  order.packageCount === packages.length
    ? null
    : `${order.packageCount} packages were made, ${packages.length} are there`;

function strangers({ parcels, transfers }: ModelOrder, seen: Seen): Complaint {
  const known = new Set([...parcels, ...transfers].map(({ number }) => number));
  const stranger = [...seen.packages, ...seen.transfers].find(({ number }) => !known.has(number));
  return stranger ? `${stranger.number} is there and nobody asked for it` : null;
}

function orderComplaint(model: ModelOrder, { order }: Seen): Complaint {
  const isOver = order.state === 'completed' || order.state === 'cancelled';
  const priority = order.changes.priority ?? order.order.priority;
  if (model.end !== null)
    return order.state === model.end ? null : `the order should be ${model.end}, is ${order.state}`;
  if (isOver) return `the order is ${order.state}, and not everything has ended`;
  if (model.isHeld !== (order.hold !== null)) return `the order should be ${model.isHeld ? '' : 'not '}held`;
  if (model.priority !== priority) return `the order should have priority ${model.priority}, has ${priority}`;
  if (!isSame(model.cancelled, order.cancelledUnits))
    return `${JSON.stringify(model.cancelled)} should be cancelled, and ${JSON.stringify(order.cancelledUnits)} are`;
  return null;
}

/** The view's quantities, against a count of our own. */
function quantityComplaint(model: ModelOrder, { order, packages }: Seen): Complaint {
  const counted = lineQuantities(order.order.lines, packages, order.cancelledUnits);
  const units = (states: readonly string[]) =>
    model.parcels
      .filter(({ state, isReplaced }) => states.includes(state) && !isReplaced)
      .flatMap(({ items }) => items)
      .map(({ line, quantity, returned }) => ({ line, n: quantity - returned }));
  const sum = (entries: readonly { line: string; n: number }[]) =>
    positive(
      tally(
        entries,
        ({ line }) => line,
        ({ n }) => n,
      ),
    );
  const expected = {
    unplanned: plus(model.loose, sum(units(['needs_rescheduling']))),
    parked: sum(units(['out_of_stock'])),
    delivered: sum(units(['delivered'])),
    cancelled: plus(model.cancelled, sum(units(['cancelled']))),
    refunded: sum(units(['packed_for_refund'])),
  };
  for (const { line, quantities } of counted) {
    if (!conserved(quantities)) return `line ${line.id} is not conserved: ${JSON.stringify(quantities)}`;
    for (const [name, wanted] of Object.entries(expected) as [keyof typeof expected, ModelOrder['loose']][]) {
      if (quantities[name] !== (wanted[line.id] ?? 0))
        return `line ${line.id}: ${wanted[line.id] ?? 0} should be ${name}, ${quantities[name]} are`;
    }
  }
  return null;
}
