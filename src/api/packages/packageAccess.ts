import type { PackageRecord } from '../../domain/package/package.js';
import { toPackageView, type PackageView } from '../../schemas/packageView.js';
import type { InvoiceNote, InvoiceNoteRepository } from '../../store/invoiceNotes.js';
import type { LifecycleRepository } from '../../store/lifecycles.js';
import type { RecordStore } from '../../store/store.js';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../notFound.js';

export const maySee = ({ locations }: Caller, { location }: Pick<PackageRecord, 'location'>): boolean =>
  locations === null || locations.includes(location);

interface Presenting {
  readonly lifecycles: Pick<LifecycleRepository, 'packageTable'>;
  readonly invoiceNotes: Pick<InvoiceNoteRepository, 'of'>;
}

/** The package as the caller may see it, with what they may do. */
export async function packageFor(presenting: Presenting, caller: Caller, record: PackageRecord): Promise<PackageView> {
  const [view] = await packagesFor(presenting, caller, [record]);
  if (!view) throw new Error('a package has a view');
  return view;
}

/** Each as `packageFor` shows it. */
export async function packagesFor(
  { lifecycles, invoiceNotes }: Presenting,
  { role }: Caller,
  records: readonly PackageRecord[],
): Promise<PackageView[]> {
  const waiting = records.filter(({ awaitedInvoice }) => awaitedInvoice?.status === 'pending');
  const notes = await invoiceNotes.of(waiting.map(({ number }) => number));
  return Promise.all(
    records.map(async (record) => {
      const view = toPackageView(record, await lifecycles.packageTable(record.lifecycle), role);
      return { ...view, ...pickupFor(role, view), ...awaitedWith(notes.get(record.number), view) };
    }),
  );
}

/** A store learns the code from the customer. */
const pickupFor = (role: Caller['role'], { pickup }: PackageView): Partial<PackageView> =>
  role === 'store' && pickup ? { pickup: { attemptsLeft: pickup.attemptsLeft } } : {};

/** What went wrong when it was asked for last; a note may be of an earlier question. */
function awaitedWith(note: InvoiceNote | undefined, { awaitedInvoice }: PackageView): Partial<PackageView> {
  if (!note || note.command !== awaitedInvoice?.command) return {};
  return { awaitedInvoice: { ...awaitedInvoice, detail: note.detail } };
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
