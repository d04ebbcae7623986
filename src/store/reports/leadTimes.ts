import type { EventRepository } from '../events.js';
import { MILESTONES } from '../eventModel.js';
import type { PageRequest } from '../page.js';
import { readReport, type Report, type ReportRange } from './readReport.js';

export interface LeadTimeRow {
  readonly location: string;
  readonly milestone: 'delivered' | 'packed' | 'shipped';
  readonly packages: number;
  /** From the beginning of a package to the milestone; nearest rank. */
  readonly p50Minutes: number;
  readonly p95Minutes: number;
}

/** How long packages took that reached a milestone in the range, by location; a second time counts no more. */
export async function readLeadTimes(
  { model }: Pick<EventRepository, 'model'>,
  { from, to }: ReportRange,
  request: PageRequest,
): Promise<Report<LeadTimeRow, { readonly packages: number }>> {
  const instant = (field: string) => ({ $dateFromString: { dateString: field } });
  const elapsedMs = { $subtract: [instant('$at'), instant('$createdAt')] };
  const rows = [
    { $match: { type: { $in: [...MILESTONES] }, timestamp: { $gte: from, $lt: to } } },
    {
      $group: {
        _id: { subject: '$subject', type: '$type' },
        at: { $min: '$timestamp' },
        createdAt: { $first: '$data.createdAt' },
        location: { $first: '$data.location' },
      },
    },
    {
      $project: {
        _id: 0,
        location: 1,
        milestone: { $arrayElemAt: [{ $split: ['$_id.type', '.'] }, 2] },
        minutes: { $round: [{ $divide: [elapsedMs, 60_000] }, 2] },
      },
    },
    {
      $setWindowFields: {
        partitionBy: { location: '$location', milestone: '$milestone' },
        sortBy: { minutes: 1 as const },
        output: {
          place: { $documentNumber: {} },
          packages: { $sum: 1, window: { documents: ['unbounded', 'unbounded'] as ['unbounded', 'unbounded'] } },
        },
      },
    },
    {
      $group: {
        _id: { location: '$location', milestone: '$milestone' },
        packages: { $first: '$packages' },
        p50Minutes: percentile(0.5),
        p95Minutes: percentile(0.95),
      },
    },
    { $set: { location: '$_id.location', milestone: '$_id.milestone' } },
    { $unset: '_id' },
  ];
  const total = [{ $group: { _id: null, packages: { $sum: '$packages' } } }, { $unset: '_id' }];
  const key = ['location', 'milestone'];
  const found = await readReport<LeadTimeRow, { packages: number }>(model, { rows, key, total }, request);
  return { ...found.page, total: found.total ?? { packages: 0 } };
}

/**
 * The value at place ceil(p * n) of the sorted ones: the largest of those up to it. MongoDB's own
 * `$percentile` begins with 7.0.
 */
const percentile = (p: number) => ({
  $max: { $cond: [{ $lte: ['$place', { $ceil: { $multiply: [p, '$packages'] } }] }, '$minutes', null] },
});
