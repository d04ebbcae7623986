import type { PackageRecord } from '../../domain/package/package.js';
import { toPackageView, type PackageView } from '../../schemas/packageView.js';
import type { LifecycleRepository } from '../../store/lifecycles.js';
import type { RecordStore } from '../../store/store.js';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../notFound.js';

export const maySee = ({ locations }: Caller, { location }: Pick<PackageRecord, 'location'>): boolean =>
  locations === null || locations.includes(location);

/** The package as the caller may see it, with what they may do: a store learns the pickup code from the customer. */
export async function packageFor(
  lifecycles: Pick<LifecycleRepository, 'packageTable'>,
  { role }: Caller,
  record: PackageRecord,
): Promise<PackageView> {
  const view = toPackageView(record, await lifecycles.packageTable(record.lifecycle), role);
  if (role !== 'store' || !view.pickup) return view;
  return { ...view, pickup: { attemptsLeft: view.pickup.attemptsLeft } };
}

/** @throws {OmsError} `resource.not_found`, also for a package of a location that the caller may not see. */
export async function findPackage(
  { packages }: Pick<RecordStore, 'packages'>,
  number: string,
  caller: Caller,
): Promise<PackageRecord> {
  const found = await packages.find(number);
  if (!found || !maySee(caller, found)) throw notFound('package', number);
  return found;
}
