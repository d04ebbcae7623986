import { ParentClosePolicy, startChild } from '@temporalio/workflow';

import { findTransition } from '../../domain/lifecycle/lifecycle.js';
import type { PackageCommandName } from '../../domain/lifecycle/packageLifecycle.js';
import { arrived, awaitedUnits, divide } from '../../domain/package/items.js';
import type { PackageReason } from '../../domain/package/package.js';
import {
  lackingUnits,
  trim,
  withAnswer,
  withAsked,
  withoutTransfer,
  withTransfers,
  type ItemCounts,
} from '../../domain/transfer/supply.js';
import type { TransferDraft } from '../../domain/transfer/transfer.js';
import { SEARCH_ATTRIBUTES, transferWorkflowId, wantedSignal, type Supplied, type TransferEnded } from '../messages.js';
import { tell } from '../tell.js';
import type { transferWorkflow } from '../transfer.js';
import { report } from './effects/report.js';
import type { PackageProcess } from './process.js';

/** The package starts its transfers itself, so that it knows all of them whenever it ends. */
export async function startTransfers(parcel: PackageProcess, transfers: readonly TransferDraft[]): Promise<void> {
  parcel.memory.supply = withTransfers(parcel.memory.supply, transfers);
  const { channel, continueAfterEvents } = parcel.input;
  await Promise.all(
    transfers.map((transfer) =>
      startChild<typeof transferWorkflow>('transferWorkflow', {
        workflowId: transferWorkflowId(transfer.number),
        args: [{ ...transfer, channel, ...(continueAfterEvents !== undefined && { continueAfterEvents }) }],
        // Goods are on their way whatever becomes of the package.
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `${transfer.number} from ${transfer.source}`,
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.order, value: transfer.order },
          { key: SEARCH_ATTRIBUTES.state, value: 'waiting' },
          { key: SEARCH_ATTRIBUTES.location, value: transfer.source },
          { key: SEARCH_ATTRIBUTES.channel, value: channel },
        ],
      }),
    ),
  );
}

/** A transfer is over: what arrived is there, and for what did not the order looks for other sources. */
export async function transferEnded(parcel: PackageProcess, ended: TransferEnded): Promise<void> {
  await parcel.turns.take(async () => {
    const { supply, taken } = withoutTransfer(parcel.memory.supply, ended.transfer, ended.arrived);
    parcel.memory.supply = supply;
    if (parcel.isDone) return;
    if (taken.size > 0) await takeIn(parcel, taken);
    const lacking = lackingUnits(parcel.record.items, parcel.memory.supply);
    if (Object.keys(lacking).length === 0) return;
    parcel.memory.supply = withAsked(parcel.memory.supply, lacking);
    const { location, rule, items } = parcel.record;
    await report(parcel, {
      kind: 'unsupplied',
      excludeLocation: ended.source,
      ...(ended.missingSkus.length > 0 ? { missingSkus: ended.missingSkus } : {}),
      unsupplied: { location, rule, items: divide(ungrouped(items), unitsOf(lacking)).leaving },
    });
  });
}

/** The last unit that comes makes the package ready for the store. */
async function takeIn(parcel: PackageProcess, units: ReadonlyMap<string, number>): Promise<void> {
  const items = arrived(parcel.record.items, units);
  const isComplete = items.every((item) => awaitedUnits(item) === 0);
  if (isComplete && findTransition(parcel.lifecycle, parcel.state, 'transfers_arrived')) {
    return parcel.caused(bySystem('transfers_arrived'), () => parcel.move('waiting', { record: { items } }));
  }
  await parcel.amend({ record: { items }, events: [] });
}

/** The order has looked for other sources: their transfers begin, and what comes from nowhere leaves the package. */
export async function supplied(parcel: PackageProcess, { asked, transfers }: Supplied): Promise<void> {
  // Its units are on the way to other packages, and the turn is with the command that moves them.
  if (parcel.isLeaving) return report(parcel, { kind: 'supply_refused' });
  await parcel.turns.take(async () => {
    // The order sees that it is over, and gives back what was held for it.
    if (parcel.isDone) return;
    parcel.memory.supply = withAnswer(parcel.memory.supply, asked);
    await startTransfers(parcel, transfers);
    const numbers = [...parcel.record.transfers, ...transfers.map(({ number }) => number)];
    const lost = lackingUnits(parcel.record.items, parcel.memory.supply);
    if (Object.keys(lost).length > 0) await goWithout(parcel, lost, numbers);
    else await parcel.amend({ record: { transfers: numbers }, events: [] });
    await report(parcel, { kind: 'supply_taken' });
  });
}

/** No source is left for some units: they go back to the order, and the package goes on with what it has. */
async function goWithout(parcel: PackageProcess, lost: ItemCounts, transfers: readonly string[]): Promise<void> {
  const { staying } = divide(parcel.record.items, unitsOf(lost));
  const events = ['package.items.missing'] as const;
  if (staying.length > 0) {
    await parcel.amend({ record: { items: staying, transfers }, events });
    return report(parcel, { kind: 'returned', staying });
  }
  const reason: PackageReason = { kind: 'missing', code: 'no_source', note: null };
  const record = { reason, transfers };
  await parcel.caused(bySystem('supply_lost'), () => parcel.move('out_of_stock', { record, events }));
  await report(parcel, { kind: 'returned' });
}

/** Whether more is on its way than the package waits for. */
export const hasExcess = (parcel: PackageProcess): boolean =>
  trim(parcel.isDone ? [] : parcel.record.items, parcel.memory.supply).wanted.size > 0;

/** Transfers bring less, or end, when the package does not wait for all of their goods any more. */
export async function giveUpExcess(parcel: PackageProcess): Promise<void> {
  const { supply, wanted } = trim(parcel.isDone ? [] : parcel.record.items, parcel.memory.supply);
  parcel.memory.supply = supply;
  await Promise.all(
    [...wanted].map(([transfer, units]) => tell(transferWorkflowId(transfer), wantedSignal, { units })),
  );
}

const unitsOf = (counts: ItemCounts) => Object.entries(counts).map(([id, quantity]) => ({ id, quantity }));

/** Only the units themselves are looked for, not the group that they belong to. */
const ungrouped = (items: PackageProcess['record']['items']) => items.map(({ keepTogetherGroup: _, ...item }) => item);

const bySystem = (command: PackageCommandName) => ({ command, by: 'oms', way: 'system' }) as const;
