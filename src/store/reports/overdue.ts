import { isToBePacked, PACKAGE_STATES, type PackageState } from '../../domain/lifecycle/packageLifecycle.js';
import type { Instant } from '../../domain/order/order.js';
import type { PackageRepository } from '../packages.js';
import type { PageRequest } from '../page.js';
import { readReport, type Report, type ReportRange } from './readReport.js';

export interface OverdueRow {
  readonly dueAt: Instant;
  readonly package: string;
  readonly order: string;
  readonly location: string;
  readonly state: PackageState;
  readonly units: number;
}

interface OverdueTotal {
  readonly packages: number;
  readonly units: number;
  readonly locations: number;
}

const TO_BE_PACKED = (Object.keys(PACKAGE_STATES) as PackageState[]).filter(isToBePacked);

/** Packages that were due in the range and are not packed yet, longest overdue first. */
export async function readOverdue(
  { model }: Pick<PackageRepository, 'model'>,
  { from, to }: ReportRange,
  request: PageRequest,
): Promise<Report<OverdueRow, OverdueTotal>> {
  const rows = [
    { $match: { state: { $in: TO_BE_PACKED }, dueAt: { $gte: from, $lt: to } } },
    // All as expressions, so that the columns come in this order.
    {
      $project: {
        _id: 0,
        dueAt: '$dueAt',
        package: '$_id',
        order: '$order',
        location: '$location',
        state: '$state',
        units: { $sum: '$items.quantity' },
      },
    },
  ];
  const total = [
    { $group: { _id: '$location', packages: { $sum: 1 }, units: { $sum: '$units' } } },
    { $group: { _id: null, locations: { $sum: 1 }, packages: { $sum: '$packages' }, units: { $sum: '$units' } } },
    { $unset: '_id' },
  ];
  const key = ['dueAt', 'package'];
  const { page, total: sum } = await readReport<OverdueRow, OverdueTotal>(model, { rows, key, total }, request);
  return { ...page, total: sum ?? { packages: 0, units: 0, locations: 0 } };
}
