import { newTransfer, type TransferDraft, type TransferRecord } from '../../domain/transfer/transfer.js';
import type { Handled } from '../handledCommands.js';
import type { Announcement } from '../outbox.js';

/** All that a transfer knows from one step to the next, as plain JSON: its next run begins with it. */
export interface TransferMemory {
  /** As recorded last. */
  record: TransferRecord;
  readonly handled: Handled[];
  /** What nobody has been told of yet. */
  announcements: readonly Announcement[];
}

export const newTransferMemory = (draft: TransferDraft, at: string): TransferMemory => ({
  record: newTransfer(draft, at),
  handled: [],
  announcements: [],
});
