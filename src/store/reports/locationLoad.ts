import type { DecisionRepository } from '../decisions.js';
import type { PageRequest } from '../page.js';
import { plannedIn, working } from './plannedIn.js';
import { dayOf, readReport, share, type Report, type ReportRange } from './readReport.js';

interface Load {
  readonly packages: number;
  readonly units: number;
}

interface FoundRow extends Load {
  readonly day: string;
  readonly location: string;
  /** Of all locations on that day. */
  readonly ofDay: Load;
}

export interface LoadRow extends Load {
  readonly day: string;
  readonly location: string;
  /** Of all packages that were planned on that day. */
  readonly packageShare: number | null;
  readonly unitShare: number | null;
}

/**
 * What was planned to each location, by day: first plans and later ones, since each was work. Units that are
 * to be transferred count where they are packed.
 */
export async function readLocationLoad(
  { model }: Pick<DecisionRepository, 'model'>,
  range: ReportRange,
  request: PageRequest,
): Promise<Report<LoadRow, Load & { readonly locations: number }>> {
  const sums = { packages: { $sum: '$packages' }, units: { $sum: '$units' } };
  const rows = [
    plannedIn(range),
    { $project: { day: dayOf('$plan.at', range.timeZone), parcel: working } },
    { $unwind: '$parcel' },
    {
      $group: {
        _id: { day: '$day', location: '$parcel.location' },
        packages: { $sum: 1 },
        units: { $sum: { $sum: '$parcel.items.quantity' } },
      },
    },
    {
      $setWindowFields: {
        partitionBy: '$_id.day',
        output: { 'ofDay.packages': { $sum: '$packages' }, 'ofDay.units': { $sum: '$units' } },
      },
    },
    { $set: { day: '$_id.day', location: '$_id.location' } },
    { $unset: '_id' },
  ];
  const total = [
    { $group: { _id: '$location', ...sums } },
    { $group: { _id: null, locations: { $sum: 1 }, ...sums } },
    { $unset: '_id' },
  ];
  const key = ['day', 'location'];
  const found = await readReport<FoundRow, Load & { locations: number }>(model, { rows, key, total }, request);
  const items = found.page.items.map(({ ofDay, day, location, packages, units }) => ({
    day,
    location,
    packages,
    units,
    packageShare: share(packages, ofDay.packages),
    unitShare: share(units, ofDay.units),
  }));
  return { items, next: found.page.next, total: found.total ?? { locations: 0, packages: 0, units: 0 } };
}
