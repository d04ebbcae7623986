import type { Cause } from '../domain/audit/audit.js';
import { orderSubject, packageSubject, transferSubject } from '../domain/events/event.js';
import type { OrderRecord } from '../domain/order/order.js';
import { heldItems } from '../domain/package/items.js';
import { newPackage, type PackageDraft, type PackageItem, type PackageRecord } from '../domain/package/package.js';
import { holdKey } from '../domain/reservations/holds.js';
import { newTransfer, type TransferRecord } from '../domain/transfer/transfer.js';
import { toOrderView } from '../schemas/orderView.js';
import { toPackageView } from '../schemas/packageView.js';
import type { AuditRepository } from '../store/audit.js';
import { toTransferView } from '../schemas/transferView.js';
import type { LifecycleRepository } from '../store/lifecycles.js';
import type { OrderRepository } from '../store/orders.js';
import type { PackageRepository } from '../store/packages.js';
import type { QuotaRepository } from '../store/quotas.js';
import { holdsOfTransfer, type ReservationRepository } from '../store/reservations.js';
import type { Hold } from '../store/stockBook.js';
import { acceptedEntry } from './audit.js';
import type { TransferRepository } from '../store/transfers.js';
import type { Announce, Recorded } from './announcer.js';
import { createMissingNotes, type MissingGoods, type MissingNotesDependencies } from './missingNotes.js';

export interface RecordDependencies extends MissingNotesDependencies {
  readonly orders: OrderRepository;
  readonly packages: PackageRepository;
  readonly transfers: TransferRepository;
  readonly quotas: QuotaRepository;
  readonly reservations: ReservationRepository;
  readonly announce: Announce;
  readonly lifecycles: Pick<LifecycleRepository, 'packageTable' | 'transferTable'>;
  readonly audit: Pick<AuditRepository, 'add'>;
}

interface OrderStep extends Recorded {
  readonly record: OrderRecord;
  /** Packages that this step makes and that have not recorded themselves yet. */
  readonly planned: readonly PackageDraft[];
}

interface PackageStep extends Recorded {
  readonly record: PackageRecord;
  /** Takes or frees the package's place at the location. */
  readonly quota: 'take' | 'free' | 'none';
  /** What the package held before this step; null for its first record, whose holds planning has taken. */
  readonly held: readonly PackageItem[] | null;
  /** Units that the location does not have although its stock answer promised them. */
  readonly missing: readonly MissingGoods[];
  /** The command that asked for this step. */
  readonly cause?: Cause;
}

interface TransferStep extends Recorded {
  readonly record: TransferRecord;
  /** What the transfer held by before this step; null for its first record, whose holds planning has taken. */
  readonly before: Pick<TransferRecord, 'isReserved' | 'items'> | null;
  /** The command that asked for this step. */
  readonly cause?: Cause;
  /** Units that the source does not have although its stock answer promised them. */
  readonly missing: readonly MissingGoods[];
}

export type RecordActivities = ReturnType<typeof createRecordActivities>;

/**
 * The only writers of the read model. Each call writes the record, its effect on the books and its events;
 * every write may be repeated, so a call that was cut short is simply run again.
 */
export function createRecordActivities(dependencies: RecordDependencies) {
  const { orders, packages, transfers, quotas, reservations, settings, announce, audit, lifecycles } = dependencies;
  const noteMissing = createMissingNotes(dependencies);

  /** Packing gives the reservation back, at once or when a stock service that books late has booked. */
  const settle = async (record: PackageRecord, held: readonly PackageItem[], at: number): Promise<void> => {
    const were = holdsOf(record, held);
    const isPacked = record.state === 'packed' || record.state === 'waiting_cargo_label';
    const graceMs = isPacked && were.length > 0 ? (await settings.read()).reservationGraceAfterPackMinutes * 60_000 : 0;
    if (graceMs > 0) await reservations.keepUntil(were, new Date(at + graceMs));
    else await reservations.settle(were, holdsOf(record, heldItems(record)), new Date(at));
  };

  return {
    async recordOrder({ record, planned, ...recorded }: OrderStep) {
      const { number } = record.order;
      await orders.save(record, recorded.at);
      if (recorded.events.length === 0) return [];
      const known = await packages.ofOrder(number);
      const fresh = planned
        .filter((draft) => !known.some((parcel) => parcel.number === draft.number))
        .map((draft) => newPackage(draft, record.updatedAt));
      const moving = await transfers.ofPackages([...known, ...fresh]);
      // Those of this step have not recorded themselves yet either.
      const coming = planned
        .flatMap((draft) => draft.transfers)
        .filter((draft) => !moving.some((transfer) => transfer.number === draft.number))
        .map((draft) => newTransfer(draft, record.updatedAt));
      const data = toOrderView(record, [...known, ...fresh], [...moving, ...coming]);
      return announce(recorded, { subject: orderSubject(number), order: number, data });
    },

    async recordTransfer({ record, before, missing, cause, ...recorded }: TransferStep) {
      const { number, order, source, state, version } = record;
      const { at } = recorded;
      const isLatest = await transfers.save(record, recorded.at);
      if (before && isLatest) {
        const were = before.isReserved ? holdsOfTransfer({ ...record, items: before.items }) : [];
        await reservations.settle(were, record.isReserved ? holdsOfTransfer(record) : [], new Date(recorded.at));
      }
      if (missing.length > 0) await noteMissing(missing, { ...record, location: source }, recorded.at);
      if (cause)
        await audit.add(acceptedEntry({ subject: transferSubject(number), cause, after: state, version, at }), at);
      const lifecycle = await lifecycles.transferTable(record.lifecycle);
      return announce(recorded, { subject: transferSubject(number), order, data: toTransferView(record, lifecycle) });
    },

    /** The package as recorded last. */
    readPackage: (number: string): Promise<PackageRecord | null> => packages.find(number),

    async recordPackage({ record, quota, held, missing, cause, ...recorded }: PackageStep) {
      const { number, order, location, state, version } = record;
      const { at } = recorded;
      const isLatest = await packages.save(record, recorded.at);
      // An attempt that ends after later steps: the books are as those have left them.
      if (held && isLatest) await settle(record, held, at);
      if (missing.length > 0) await noteMissing(missing, record, recorded.at);
      if (quota === 'free' && isLatest) await quotas.free(location, number);
      if (quota === 'take' && isLatest) await quotas.take(location, number, null, new Date(recorded.at));
      if (cause)
        await audit.add(acceptedEntry({ subject: packageSubject(number), cause, after: state, version, at }), at);
      const lifecycle = await lifecycles.packageTable(record.lifecycle);
      return announce(recorded, { subject: packageSubject(number), order, data: toPackageView(record, lifecycle) });
    },
  };
}

function holdsOf(
  { number, order, location }: Pick<PackageRecord, 'number' | 'order' | 'location'>,
  items: readonly PackageItem[],
): Hold[] {
  return items.map(({ id, sku, quantity }) => {
    return { key: holdKey(number, id), location, sku, quantity, order, package: number, item: id };
  });
}
