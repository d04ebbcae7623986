import type { PackageRepository } from '../packages.js';
import type { PageRequest } from '../page.js';
import { createdIn } from './createdIn.js';
import { readReport, share, type Report, type ReportRange } from './readReport.js';

interface Refused {
  /** Packages that were given to the location, without parked ones. */
  readonly packages: number;
  readonly refused: number;
}

interface WithRate extends Refused {
  readonly refusalRate: number | null;
}

export type RefusalRow = { readonly location: string } & WithRate;

/** How many of the packages that began in the range their location refused, whenever it did so. */
export async function readRefusals(
  { model }: Pick<PackageRepository, 'model'>,
  range: ReportRange,
  request: PageRequest,
): Promise<Report<RefusalRow, WithRate>> {
  const rows = [
    createdIn(range),
    // Only a rule makes a package that is work; parked ones have none.
    { $match: { rule: { $ne: null } } },
    {
      $group: {
        _id: '$location',
        packages: { $sum: 1 },
        refused: { $sum: { $cond: [{ $eq: ['$reason.kind', 'denial'] }, 1, 0] } },
      },
    },
    { $set: { location: '$_id' } },
    { $unset: '_id' },
  ];
  const total = [
    { $group: { _id: null, packages: { $sum: '$packages' }, refused: { $sum: '$refused' } } },
    { $unset: '_id' },
  ];
  const found = await readReport<{ location: string } & Refused, Refused>(
    model,
    { rows, key: ['location'], total },
    request,
  );
  const items = found.page.items.map(({ location, ...counts }) => ({ location, ...withRate(counts) }));
  return { items, next: found.page.next, total: withRate(found.total ?? { packages: 0, refused: 0 }) };
}

const withRate = ({ packages, refused }: Refused): WithRate => ({
  packages,
  refused,
  refusalRate: share(refused, packages),
});
