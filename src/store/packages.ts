import { Schema } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import type { AwaitedInvoice, PackageRecord } from '../domain/package/package.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { writeGuarded } from './guardedWrite.js';
import { byNumber, newestFirst, toRecord, WORK_FIELDS, type Owned } from './ownedRecord.js';
import { ownFilter } from './ownFilter.js';
import type { Page, PageRequest } from './page.js';

type StoredPackage = PackageRecord & Owned;

const { Mixed } = Schema.Types;

const schema = new Schema<StoredPackage>(
  {
    ...WORK_FIELDS,
    location: { type: String, required: true },
    stateBefore: String,
    transfers: { type: Mixed, required: true },
    invoice: Mixed,
    awaitedInvoice: Mixed,
    pickup: Mixed,
    rule: String,
    replaces: String,
    replacedBy: { type: Mixed, required: true },
    remoteId: String,
    dueAt: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'packages' },
);

// The order view and its quantities.
schema.index({ order: 1, _id: 1 });
// What nobody has touched for long, and what waits for goods that came.
schema.index({ state: 1, updatedAt: 1 });
schema.index({ 'items.sku': 1 }, { partialFilterExpression: { state: 'out_of_stock' } });
// What should have been packed by now.
schema.index({ state: 1, dueAt: 1 });
// What goes without its invoice, of which there is little.
schema.index(
  { 'awaitedInvoice.status': 1, createdAt: -1, _id: -1 },
  { partialFilterExpression: { 'awaitedInvoice.status': { $type: 'string' } } },
);
// Lists, newest first, plain and by what stores ask for.
schema.index({ createdAt: -1, _id: -1 });
schema.index({ location: 1, state: 1, createdAt: -1, _id: -1 });
schema.index({ state: 1, createdAt: -1, _id: -1 });

export interface PackageFilter {
  readonly order?: string;
  readonly state?: string;
  readonly awaitedInvoice?: AwaitedInvoice['status'];
  /** Location codes; a caller that may see only some gives those. */
  readonly locations?: readonly string[];
}

/** The read model of packages. Only the `record` activity writes it. */
export function createPackageRepository(connection: Connection) {
  const model = connection.model<StoredPackage>('Package', schema);
  return {
    model,

    /** False when a later step is recorded already. */
    save: (record: PackageRecord, recordedAt: number): Promise<boolean> =>
      writeGuarded(model, { _id: record.number, ...record, recordedAt }),

    find: async (number: string): Promise<PackageRecord | null> => {
      const found = await model.findById(number).lean<StoredPackage>();
      return found && toRecord(found);
    },

    /** All packages of an order, in the order of their numbers. */
    ofOrder: async (order: string): Promise<PackageRecord[]> => {
      const found = await model.find({ order }).lean<StoredPackage[]>();
      return found.map(toRecord).sort(byNumber);
    },

    /** Numbers of waiting packages that nobody has touched since `before`, longest first, at most `limit`. */
    untouched: async (before: Instant, limit: number): Promise<string[]> => {
      const found = await model
        .find(ownFilter({ state: 'waiting', updatedAt: { $lt: before } }), { _id: 1 })
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    /** Orders that have a parked package with one of the SKUs. */
    ordersParkedFor: async (skus: readonly string[]): Promise<string[]> =>
      model.distinct('order', ownFilter({ state: 'out_of_stock', 'items.sku': { $in: [...skus] } })),

    list: (request: PageRequest & PackageFilter): Promise<Page<PackageRecord>> =>
      newestFirst(model, matching(request), request),
  };
}

export type PackageRepository = ReturnType<typeof createPackageRepository>;

function matching({ order, state, locations, awaitedInvoice }: PackageFilter) {
  return {
    ...(order === undefined ? {} : { order }),
    ...(state === undefined ? {} : { state }),
    ...(awaitedInvoice === undefined ? {} : { 'awaitedInvoice.status': awaitedInvoice }),
    ...(locations === undefined ? {} : { location: { $in: [...locations] } }),
  };
}
