import type { TransferCommand } from '../../domain/transfer/commands.js';
import type { TransferRecord } from '../../domain/transfer/transfer.js';
import { OmsError } from '../../platform/errors.js';
import { toTransferView } from '../../schemas/transferView.js';
import type { LifecycleRepository } from '../../store/lifecycles.js';
import type { RecordStore } from '../../store/store.js';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../notFound.js';

export const maySee = ({ locations }: Caller, { source, destination }: TransferRecord): boolean =>
  locations === null || [source, destination].some((at) => locations.includes(at));

/** The transfer as the caller may see it, with what they may do. */
export const transferFor = async (
  lifecycles: Pick<LifecycleRepository, 'transferTable'>,
  { role }: Caller,
  record: TransferRecord,
) => toTransferView(record, await lifecycles.transferTable(record.lifecycle), role);

/**
 * A location sees what leaves it and what comes to it.
 *
 * @throws {OmsError} `resource.not_found`, also for a transfer between locations that the caller may not see.
 */
export async function findTransfer(
  { transfers }: Pick<RecordStore, 'transfers'>,
  number: string,
  caller: Caller,
): Promise<TransferRecord> {
  const found = await transfers.find(number);
  if (!found || !maySee(caller, found)) throw notFound('transfer', number);
  return found;
}

/** @throws {OmsError} `request.forbidden` when the command is for the other end: only the destination receives. */
export function requireRightEnd(
  { source, destination, number }: TransferRecord,
  { command }: TransferCommand,
  { locations }: Caller,
): void {
  const end = command === 'receive' ? destination : source;
  if (locations === null || locations.includes(end)) return;
  throw new OmsError('request.forbidden', `${command} of ${number} is for ${end}`);
}
