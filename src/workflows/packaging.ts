import { CancellationScope, condition, setHandler } from '@temporalio/workflow';

import { packageSubject } from '../domain/events/event.js';
import { carryOn, isLongRun } from './carryingOn.js';
import { beginFirst, takeCommands } from './commands.js';
import {
  orderCancelsSignal,
  orderConsultsSignal,
  orderContinuesSignal,
  orderDecidesSignal,
  orderHoldsSignal,
  orderWorkflowId,
  overdueSignal,
  packageCommandSignal,
  packageCommandUpdate,
  packageEndedSignal,
  packageStateQuery,
  replannedSignal,
  suppliedSignal,
  trackingNewsSignal,
  transferEndedSignal,
  type OrderCancels,
  type PackageOutcome,
  type PackagingInput,
  type Replanned,
} from './messages.js';
import { beConsulted } from './packaging/consulted.js';
import { cancelPackage, carryOut } from './packaging/effects/effects.js';
import { report } from './packaging/effects/report.js';
import {
  errandOf,
  hasShortErrand,
  hearPush,
  hasUnusedShipment,
  runErrand,
  takeShipmentBack,
} from './packaging/errands.js';
import { newPackageMemory, type PackageMemory } from './packaging/memory.js';
import { leaveOverdue } from './packaging/overdue.js';
import { PackageProcess } from './packaging/process.js';
import { giveUpExcess, hasExcess, startTransfers, supplied, transferEnded } from './packaging/transfers.js';
import { tell } from './tell.js';

/**
 * One package from its first record to its last: it waits for commands, fetches its label, follows its
 * parcel, and ends in a final state. The pinned life cycle decides every move.
 *
 * @param memory What the run before this one knew.
 */
export async function packagingWorkflow(input: PackagingInput, memory?: PackageMemory): Promise<PackageOutcome> {
  const parcel = new PackageProcess(input, memory ?? newPackageMemory(input, new Date().toISOString()));
  const begun = memory && !input.hasEnded ? parcel.goOn() : beginFirst(parcel, () => begin(parcel));
  setHandler(packageStateQuery, () => parcel.record);
  takeCommands(parcel, {
    update: packageCommandUpdate,
    signal: packageCommandSignal,
    subject: packageSubject(input.number),
    lifecycle: parcel.lifecycle,
    carryOut: (command) => carryOut(parcel, command),
  });
  setHandler(replannedSignal, (replanned) => end(parcel, replanned));
  setHandler(orderConsultsSignal, () => beConsulted(parcel));
  setHandler(orderDecidesSignal, (verdict) => void (parcel.verdict = verdict));
  setHandler(orderHoldsSignal, ({ reason }) => void (parcel.memory.orderHold = reason));
  setHandler(orderCancelsSignal, (wish) => giveUp(parcel, wish));
  setHandler(orderContinuesSignal, () => void (parcel.memory.tellsItsEnd = true));
  setHandler(trackingNewsSignal, (told) => hearPush(parcel, told));
  setHandler(overdueSignal, (overdue) => leaveOverdue(parcel, overdue));
  setHandler(transferEndedSignal, (ended) => transferEnded(parcel, ended));
  setHandler(suppliedSignal, (answer) => supplied(parcel, answer));

  // A package ends by its life cycle only; asking Temporal to cancel it would lose its goods.
  return CancellationScope.nonCancellable(async () => {
    await begun;
    while (!parcel.isDone) {
      await condition(() => parcel.isDone || errandOf(parcel) !== null || isLongRun(input));
      if (isLongRun(input) && !hasShortErrand(parcel))
        await carryOn(parcel, () => parcel.isDone || hasShortErrand(parcel));
      else await runErrand(parcel);
    }
    if (hasExcess(parcel)) await parcel.turns.take(() => giveUpExcess(parcel));
    const { number, state, items, reason } = parcel.record;
    const outcome = { number, state, items, reason };
    const tellEnd = async () => void (await tell(orderWorkflowId(parcel.record.order), packageEndedSignal, outcome));
    const isTakenBack = hasUnusedShipment(parcel) ? takeShipmentBack(parcel) : null;
    await parcel.settled(tellEnd);
    if (isTakenBack || parcel.invoicing.isPending) {
      // The order need not wait for a carrier or an invoice service that cannot be reached.
      await tellEnd();
      await Promise.all([isTakenBack, parcel.invoicing.ended()]);
      await parcel.outbox.drained();
    }
    return outcome;
  });
}

async function begin(parcel: PackageProcess): Promise<void> {
  if (parcel.input.hasEnded) return parcel.reopen();
  await parcel.begin();
  await startTransfers(parcel, parcel.input.transfers);
}

/** The order has planned these units again, or cancelled them: this package is over. */
async function end(parcel: PackageProcess, { replacedBy, cancellation, isByHand = false }: Replanned): Promise<void> {
  const leave = () =>
    parcel.move('cancelled', {
      record: {
        replacedBy,
        reason: cancellation
          ? { kind: 'cancellation', code: cancellation.reason, note: cancellation.note }
          : (parcel.record.reason ?? { kind: 'replanning', code: null, note: null }),
      },
    });
  parcel.isMovedByHand = isByHand;
  // The command that waits for this move has the turn.
  if (parcel.isLeaving) await leave();
  else await parcel.runSystem('replanned', leave);
}

/** The order is being cancelled: the package gives up what has not left, and says so when it cannot. */
async function giveUp(parcel: PackageProcess, { reason, note }: OrderCancels): Promise<void> {
  // Its units are on the way to other packages, and the turn is with the command that moves them.
  if (parcel.isLeaving) return report(parcel, { kind: 'cancellation_refused' });
  await parcel.turns.take(async () => {
    if (!parcel.canRun('cancel')) return parcel.isDone ? undefined : report(parcel, { kind: 'cancellation_refused' });
    const sender = { command: 'cancel', by: `order/${parcel.record.order}`, way: 'system' } as const;
    await parcel.caused(sender, () => cancelPackage(parcel, { code: reason, note }));
    if (!parcel.isDone) await report(parcel, { kind: 'cancellation_open' });
  });
}
