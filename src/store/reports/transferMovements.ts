import type { TransferState } from '../../domain/lifecycle/transferLifecycle.js';
import type { PageRequest } from '../page.js';
import type { TransferRepository } from '../transfers.js';
import { createdIn } from './createdIn.js';
import { readReport, type Report, type ReportRange } from './readReport.js';

interface Moved {
  readonly transfers: number;
  readonly units: number;
}

export interface TransferMovementRow extends Moved {
  readonly source: string;
  readonly destination: string;
  readonly state: TransferState;
}

/** How far the transfers of the range have come: how many from where to where are in each state now. */
export async function readTransferMovements(
  { model }: Pick<TransferRepository, 'model'>,
  range: ReportRange,
  request: PageRequest,
): Promise<Report<TransferMovementRow, Moved>> {
  const sums = { transfers: { $sum: '$transfers' }, units: { $sum: '$units' } };
  const rows = [
    createdIn(range),
    {
      $group: {
        _id: { source: '$source', destination: '$destination', state: '$state' },
        transfers: { $sum: 1 },
        units: { $sum: { $sum: '$items.quantity' } },
      },
    },
    { $replaceWith: { $mergeObjects: ['$_id', { transfers: '$transfers', units: '$units' }] } },
  ];
  const total = [{ $group: { _id: null, ...sums } }, { $unset: '_id' }];
  const key = ['source', 'destination', 'state'];
  const { page, total: sum } = await readReport<TransferMovementRow, Moved>(model, { rows, key, total }, request);
  return { ...page, total: sum ?? { transfers: 0, units: 0 } };
}
