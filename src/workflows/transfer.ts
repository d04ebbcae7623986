import { CancellationScope, condition, setHandler } from '@temporalio/workflow';

import { transferSubject } from '../domain/events/event.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { carryOn, isLongRun } from './carryingOn.js';
import { beginFirst, takeCommands } from './commands.js';
import {
  transferCommandSignal,
  transferCommandUpdate,
  transferStateQuery,
  wantedSignal,
  type TransferInput,
} from './messages.js';
import { carryOut, reduceTo } from './transfer/effects.js';
import { newTransferMemory, type TransferMemory } from './transfer/memory.js';
import { TransferProcess } from './transfer/process.js';

/**
 * Goods of one package on their way from a source to the place that packs. It waits for commands and tells its
 * package how it ended; the package may tell it that it wants less.
 *
 * @param memory What the run before this one knew.
 */
export async function transferWorkflow(
  input: TransferInput,
  memory?: TransferMemory,
): Promise<Pick<TransferRecord, 'number' | 'state'>> {
  const transfer = new TransferProcess(input, memory ?? newTransferMemory(input, new Date().toISOString()));
  const begun = memory ? transfer.goOn() : beginFirst(transfer, () => transfer.begin());
  setHandler(transferStateQuery, () => transfer.record);
  takeCommands(transfer, {
    update: transferCommandUpdate,
    signal: transferCommandSignal,
    subject: transferSubject(input.number),
    lifecycle: transfer.lifecycle,
    carryOut: (command) => carryOut(transfer, command),
  });
  setHandler(wantedSignal, (wanted) => reduceTo(transfer, wanted));

  // A transfer ends by its life cycle only; asking Temporal to cancel it would lose its goods.
  return CancellationScope.nonCancellable(async () => {
    await begun;
    while (!transfer.isDone) {
      await condition(() => transfer.isDone || isLongRun(input));
      if (!transfer.isDone) await carryOn(transfer, () => transfer.isDone);
    }
    await transfer.outbox.drained();
    const { number, state } = transfer.record;
    return { number, state };
  });
}
