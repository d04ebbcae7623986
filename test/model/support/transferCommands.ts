import { allowedCommands } from '../../../src/domain/lifecycle/lifecycle.js';
import { TRANSFER_LIFECYCLE } from '../../../src/domain/lifecycle/transferLifecycle.js';
import type { TransferCommand, TransferCommandOf } from '../../../src/domain/transfer/commands.js';
import {
  changed,
  consequences,
  excluding,
  hasEnded,
  isOver,
  lacking,
  withParcel,
  withTask,
  withTransfer,
} from './orders.js';
import { accepted, refused, type ModelOrder, type ModelTransfer, type Outcome, type Units } from './state.js';
import { isNone, minus, tally } from './units.js';

export const allowedForTransfer = ({ state }: ModelTransfer): string[] =>
  allowedCommands(TRANSFER_LIFECYCLE, state).map(({ command }) => command);

/** What a command does to a transfer, its package and its order, which are at rest. */
export function commandTransfer(order: ModelOrder, transfer: ModelTransfer, command: TransferCommand): Outcome {
  if (hasEnded(transfer)) return refused('transfer.illegal_transition', 'workflow.ended');
  if (!allowedForTransfer(transfer).includes(command.command)) return refused('transfer.illegal_transition');
  switch (command.command) {
    case 'ready':
      return accepted(withTransfer(order, { ...transfer, state: 'ready_to_shipment' }), 'ready_to_shipment');
    case 'dispatch':
      return accepted(withTransfer(order, { ...transfer, state: 'in_transit' }), 'in_transit');
    case 'receive':
      return receive(order, transfer, command);
    case 'report_missing':
      return reportMissing(order, transfer, command);
    case 'cancel':
      return cancel(order, transfer, command);
  }
}

function receive(
  order: ModelOrder,
  transfer: ModelTransfer,
  { items: given = [] }: TransferCommandOf<'receive'>,
): Outcome {
  const items = transfer.items.map((item) => {
    const entry = given.find(({ id }) => id === item.id);
    return { ...item, received: entry?.receivedQuantity ?? item.quantity };
  });
  if (items.some(({ received, quantity }) => received > quantity)) return refused('request.unprocessable');
  const short = items.filter(({ received, quantity }) => received < quantity).map(({ sku }) => sku);
  const arrived = tally(
    items,
    ({ packageItem }) => packageItem,
    ({ received }) => received,
  );
  const after = withTransfer(order, { ...transfer, items, state: 'transferred' });
  return accepted(over(after, transfer, arrived, short), 'transferred');
}

function reportMissing(
  order: ModelOrder,
  transfer: ModelTransfer,
  { items }: TransferCommandOf<'report_missing'>,
): Outcome {
  const named = items ?? transfer.items;
  const isTooMany = named.some(
    ({ id, quantity }) => quantity > (transfer.items.find((item) => item.id === id)?.quantity ?? 0),
  );
  if (isTooMany) return refused('request.unprocessable');
  const skus = transfer.items.filter(({ id }) => named.some((one) => one.id === id)).map(({ sku }) => sku);
  const after = withTransfer(order, { ...transfer, state: 'cancelled' });
  return accepted(over(after, transfer, {}, skus), 'cancelled');
}

function cancel(order: ModelOrder, transfer: ModelTransfer, { reason }: TransferCommandOf<'cancel'>): Outcome {
  if (reason !== undefined && reason !== 'customer') return refused('request.unprocessable');
  return accepted(over(withTransfer(order, { ...transfer, state: 'cancelled' }), transfer, {}, []), 'cancelled');
}

/** The package takes what arrived; for what does not come the order looks elsewhere. */
function over(order: ModelOrder, transfer: ModelTransfer, arrived: Units, missing: readonly string[]): ModelOrder {
  const parcel = order.parcels.find(({ number }) => number === transfer.parcel);
  if (!parcel || isOver(parcel)) return order;
  const items = parcel.items.map((item) => ({ ...item, awaited: item.awaited - (arrived[item.id] ?? 0) }));
  const isComplete = parcel.state === 'waiting_for_transfer' && items.every(({ awaited }) => awaited === 0);
  const next = changed(parcel, { items, ...(isComplete && { state: 'waiting' }) });
  const after = withParcel(order, next);
  // What is looked for already is not looked for twice.
  const known = after.tasks.flatMap((task) =>
    task.kind === 'supply' && task.parcel === next.number ? [task.units] : [],
  );
  const units = known.reduce(minus, lacking(after, next));
  if (isNone(units)) return consequences(after);
  const lines = order.lines.filter(({ id, sku }) =>
    missing.length > 0
      ? missing.includes(sku)
      : next.items.some(({ id: item, line }) => line === id && (units[item] ?? 0) > 0),
  );
  const barred = excluding(
    after,
    transfer.source,
    lines.map(({ id }) => id),
  );
  return consequences(withTask(barred, { kind: 'supply', parcel: next.number, units }));
}
