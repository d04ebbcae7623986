import { MISSING } from '../eventModel.js';
import type { EventRepository } from '../events.js';
import type { PackageRepository } from '../packages.js';
import type { PageRequest } from '../page.js';
import { createdIn } from './createdIn.js';
import { readReport, share, type Report, type ReportRange } from './readReport.js';

interface Failed {
  /** Packages that were given to the location, without parked ones. */
  readonly packages: number;
  readonly refused: number;
  /** Packages of which it did not find everything, or found it damaged. */
  readonly notFound: number;
}

interface WithRates extends Failed {
  readonly refusalRate: number | null;
  readonly notFoundRate: number | null;
}

export type RefusalRow = { readonly location: string } & WithRates;

interface Sources {
  readonly packages: Pick<PackageRepository, 'model'>;
  readonly events: Pick<EventRepository, 'model'>;
}

/** How many of the packages that began in the range their location refused or lacked goods for, whenever it said so. */
export async function readRefusals(
  { packages, events }: Sources,
  range: ReportRange,
  request: PageRequest,
): Promise<Report<RefusalRow, WithRates>> {
  const sums = { packages: { $sum: '$packages' }, refused: { $sum: '$refused' }, notFound: { $sum: '$notFound' } };
  const isRefused = { $cond: [{ $eq: ['$reason.kind', 'denial'] }, 1, 0] };
  const rows = [
    createdIn(range),
    // Only a rule makes a package that is work; parked ones have none.
    { $match: { rule: { $ne: null } } },
    { $project: { _id: 0, location: 1 as const, packages: { $literal: 1 }, refused: isRefused } },
    { $unionWith: { coll: events.model.collection.name, pipeline: lackingIn(range) } },
    { $group: { _id: '$location', ...sums } },
    { $set: { location: '$_id' } },
    { $unset: '_id' },
  ];
  const total = [{ $group: { _id: null, ...sums } }, { $unset: '_id' }];
  const found = await readReport<{ location: string } & Failed, Failed>(
    packages.model,
    { rows, key: ['location'], total },
    request,
  );
  const items = found.page.items.map(({ location, ...counts }) => ({ location, ...withRates(counts) }));
  return { items, next: found.page.next, total: withRates(found.total ?? { packages: 0, refused: 0, notFound: 0 }) };
}

/** Packages that began in the range and lacked something, each once, however often that was told. */
const lackingIn = ({ from, to }: ReportRange) => [
  { $match: { type: MISSING, 'data.createdAt': { $gte: from, $lt: to } } },
  { $group: { _id: '$subject', location: { $first: '$data.location' } } },
  { $project: { _id: 0, location: 1 as const, notFound: { $literal: 1 } } },
];

const withRates = ({ packages, refused, notFound }: Failed): WithRates => ({
  packages,
  refused,
  notFound,
  refusalRate: share(refused, packages),
  notFoundRate: share(notFound, packages),
});
