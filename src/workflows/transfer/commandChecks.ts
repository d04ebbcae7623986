import { TRANSFER_LIFECYCLE } from '../../domain/lifecycle/transferLifecycle.js';
import { unitFaults } from '../../domain/package/items.js';
import type { TransferCommand, TransferCommandOf } from '../../domain/transfer/commands.js';
import type { TransferItem, TransferRecord } from '../../domain/transfer/transfer.js';
import { isList, unitsShapeFault, type Objection } from '../objections.js';

/** The commands that this workflow carries out. */
export const COMMAND_NAMES: ReadonlySet<string> = new Set(TRANSFER_LIFECYCLE.transitions.map(({ command }) => command));

/** What speaks against a command that the state would allow, or null. Signals bring any shape, so it is checked. */
export function objection({ items }: Pick<TransferRecord, 'items'>, command: TransferCommand): Objection | null {
  switch (command.command) {
    case 'receive':
      return command.items === undefined ? null : receiptObjection(items, command.items);
    case 'report_missing':
      if (command.items === undefined) return null;
      return unitsShapeFault(command.items, '/items') ?? unitFaults(items, command.items, '/items')[0] ?? null;
    default:
      return null;
  }
}

type Receipt = NonNullable<TransferCommandOf<'receive'>['items']>;

function receiptObjection(items: readonly TransferItem[], received: Receipt): Objection | null {
  if (!isList(received)) return { pointer: '/items', detail: 'must be a list of items' };
  const seen = new Set<string>();
  for (const [index, entry] of received.entries()) {
    const fault = entryFault(items, entry, seen);
    if (fault) return { pointer: `/items/${index}${fault.pointer}`, detail: fault.detail };
    seen.add(entry.id);
  }
  return null;
}

function entryFault(
  items: readonly TransferItem[],
  entry: Receipt[number],
  seen: ReadonlySet<string>,
): Objection | null {
  const { id, receivedQuantity } = entry ?? {};
  const item = items.find((known) => known.id === id);
  if (!item) return { pointer: '/id', detail: `the transfer has no item ${String(id)}` };
  if (seen.has(item.id)) return { pointer: '/id', detail: `item ${item.id} is named twice` };
  if (!Number.isSafeInteger(receivedQuantity) || receivedQuantity < 0)
    return { pointer: '/receivedQuantity', detail: 'must be a whole number from 0' };
  if (receivedQuantity > item.quantity)
    return { pointer: '/receivedQuantity', detail: `only ${item.quantity} units of item ${item.id} were sent` };
  return null;
}
