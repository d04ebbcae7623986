import { allHandlersFinished, CancellationScope, condition, setHandler } from '@temporalio/workflow';

import { transferSubject } from '../domain/events/event.js';
import type { TransferRecord } from '../domain/transfer/transfer.js';
import { beginFirst, takeCommands } from './commands.js';
import {
  transferCommandSignal,
  transferCommandUpdate,
  transferStateQuery,
  wantedSignal,
  type TransferInput,
} from './messages.js';
import { carryOut, reduceTo } from './transfer/effects.js';
import { TransferProcess } from './transfer/process.js';

/**
 * Goods of one package on their way from a source to the place that packs. It waits for commands and tells its
 * package how it ended; the package may tell it that it wants less.
 */
export async function transferWorkflow(input: TransferInput): Promise<Pick<TransferRecord, 'number' | 'state'>> {
  const transfer = new TransferProcess(input);
  const begun = beginFirst(transfer, () => transfer.begin());
  setHandler(transferStateQuery, () => transfer.record);
  takeCommands(transfer, {
    update: transferCommandUpdate,
    signal: transferCommandSignal,
    subject: transferSubject(input.number),
    carryOut: (command) => carryOut(transfer, command),
  });
  setHandler(wantedSignal, (wanted) => reduceTo(transfer, wanted));

  // A transfer ends by its life cycle only; asking Temporal to cancel it would lose its goods.
  return CancellationScope.nonCancellable(async () => {
    await begun;
    await condition(() => transfer.isDone);
    await condition(allHandlersFinished);
    await transfer.outbox.drained();
    const { number, state } = transfer.record;
    return { number, state };
  });
}
