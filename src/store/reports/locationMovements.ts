import type { PackageState } from '../../domain/lifecycle/packageLifecycle.js';
import type { PackageRepository } from '../packages.js';
import type { PageRequest } from '../page.js';
import { createdIn } from './createdIn.js';
import { readReport, type Report, type ReportRange } from './readReport.js';

interface Moved {
  readonly packages: number;
  readonly units: number;
}

export interface MovementRow extends Moved {
  readonly location: string;
  readonly state: PackageState;
}

/** How far the packages of the range have come: how many of each location are in each state now. */
export async function readLocationMovements(
  { model }: Pick<PackageRepository, 'model'>,
  range: ReportRange,
  request: PageRequest,
): Promise<Report<MovementRow, Moved>> {
  const sums = { packages: { $sum: '$packages' }, units: { $sum: '$units' } };
  const rows = [
    createdIn(range),
    {
      $group: {
        _id: { location: '$location', state: '$state' },
        packages: { $sum: 1 },
        units: { $sum: { $sum: '$items.quantity' } },
      },
    },
    { $replaceWith: { location: '$_id.location', state: '$_id.state', packages: '$packages', units: '$units' } },
  ];
  const total = [{ $group: { _id: null, ...sums } }, { $unset: '_id' }];
  const key = ['location', 'state'];
  const { page, total: sum } = await readReport<MovementRow, Moved>(model, { rows, key, total }, request);
  return { ...page, total: sum ?? { packages: 0, units: 0 } };
}
