import type { DecisionRepository } from '../decisions.js';
import type { PageRequest } from '../page.js';
import { parked, plannedIn, unitsOf, working } from './plannedIn.js';
import { dayOf, readReport, share, type Report, type ReportRange } from './readReport.js';

interface Counts {
  /** Orders that were planned for the first time. */
  readonly orders: number;
  /** Those of which at least one unit found a place. */
  readonly placed: number;
  /** Those that became more than one package. */
  readonly split: number;
  readonly packages: number;
  readonly units: number;
  readonly parkedUnits: number;
}

interface Rates {
  /** Split orders of those placed. */
  readonly splitRate: number | null;
  readonly packagesPerOrder: number | null;
  /** Parked units of all. */
  readonly parkedShare: number | null;
}

export type SplitCounts = Counts & Rates;
export type SplitRow = { readonly day: string } & SplitCounts;

const SUMS = {
  orders: { $sum: '$orders' },
  placed: { $sum: '$placed' },
  split: { $sum: '$split' },
  packages: { $sum: '$packages' },
  units: { $sum: '$units' },
  parkedUnits: { $sum: '$parkedUnits' },
};

const NONE: Counts = { orders: 0, placed: 0, split: 0, packages: 0, units: 0, parkedUnits: 0 };

/**
 * How orders were split when they were planned for the first time, by day. What is planned again replaces a
 * package and is not counted: the first plan is the one that the scenarios are to blame for.
 */
export async function readSplitRate(
  { model }: Pick<DecisionRepository, 'model'>,
  range: ReportRange,
  request: PageRequest,
): Promise<Report<SplitRow, SplitCounts>> {
  const rows = [
    plannedIn(range),
    // All packages of a decision replace the same one. A decision without packages found no scenario.
    { $match: { 'plan.packages.0.replaces': { $type: 'null' } } },
    { $project: { day: dayOf('$plan.at', range.timeZone), working, parked } },
    {
      $project: {
        day: 1,
        packages: { $size: '$working' },
        parkedUnits: unitsOf('$parked'),
        units: { $add: [unitsOf('$working'), unitsOf('$parked')] },
      },
    },
    {
      $group: {
        _id: '$day',
        orders: { $sum: 1 },
        placed: { $sum: { $cond: [{ $gte: ['$packages', 1] }, 1, 0] } },
        split: { $sum: { $cond: [{ $gt: ['$packages', 1] }, 1, 0] } },
        packages: { $sum: '$packages' },
        units: { $sum: '$units' },
        parkedUnits: { $sum: '$parkedUnits' },
      },
    },
    { $set: { day: '$_id' } },
    { $unset: '_id' },
  ];
  const total = [{ $group: { _id: null, ...SUMS } }, { $unset: '_id' }];
  const found = await readReport<{ day: string } & Counts, Counts>(model, { rows, key: ['day'], total }, request);
  const items = found.page.items.map(({ day, ...counts }) => ({ day, ...withRates(counts) }));
  return { items, next: found.page.next, total: withRates(found.total ?? NONE) };
}

const withRates = (counts: Counts): SplitCounts => ({
  ...counts,
  splitRate: share(counts.split, counts.placed),
  packagesPerOrder: share(counts.packages, counts.placed),
  parkedShare: share(counts.parkedUnits, counts.units),
});
