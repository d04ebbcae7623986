import { Schema } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import type { PackageRecord } from '../domain/package/package.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';
import { writeGuarded } from './guardedWrite.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';
import { ownFilter } from './ownFilter.js';

interface StoredPackage extends PackageRecord {
  _id: string;
  recordedAt: number;
}

const { Mixed } = Schema.Types;

// The nested parts are plain values that a workflow wrote; zod checked what came from outside.
const schema = new Schema<StoredPackage>(
  {
    _id: { type: String, required: true },
    number: { type: String, required: true },
    order: { type: String, required: true },
    location: { type: String, required: true },
    state: { type: String, required: true },
    stateBefore: String,
    items: { type: Mixed, required: true },
    isReserved: { type: Boolean, required: true },
    transfers: { type: Mixed, required: true },
    shipment: Mixed,
    invoice: Mixed,
    pickup: Mixed,
    rule: String,
    replaces: String,
    replacedBy: { type: Mixed, required: true },
    reason: Mixed,
    remoteId: String,
    dueAt: String,
    lifecycle: { type: Mixed, required: true },
    version: { type: Number, required: true },
    sequence: { type: Number, required: true },
    createdAt: { type: String, required: true },
    updatedAt: { type: String, required: true },
    recordedAt: { type: Number, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'packages' },
);

// The order view and its quantities.
schema.index({ order: 1, _id: 1 });
// What nobody has touched for long, and what waits for goods that came.
schema.index({ state: 1, updatedAt: 1 });
schema.index({ 'items.sku': 1 }, { partialFilterExpression: { state: 'out_of_stock' } });
// Lists, newest first, plain and by what stores ask for.
schema.index({ createdAt: -1, _id: -1 });
schema.index({ location: 1, state: 1, createdAt: -1, _id: -1 });
schema.index({ state: 1, createdAt: -1, _id: -1 });

export interface PackageFilter {
  readonly order?: string;
  readonly state?: string;
  /** Location codes; a caller that may see only some gives those. */
  readonly locations?: readonly string[];
}

/** The read model of packages. Only the `record` activity writes it. */
export function createPackageRepository(connection: Connection) {
  const model = connection.model<StoredPackage>('Package', schema);
  return {
    model,

    save: (record: PackageRecord, recordedAt: number): Promise<void> =>
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

    list: async ({ limit, cursor, ...filter }: PageRequest & PackageFilter): Promise<Page<PackageRecord>> => {
      const found = await model
        .find(ownFilter({ ...matching(filter), ...before(cursor) }))
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<StoredPackage[]>();
      return toPage(found.map(toRecord), limit, ({ createdAt, number }) => [createdAt, number]);
    },
  };
}

export type PackageRepository = ReturnType<typeof createPackageRepository>;

/** Numbers that differ only in what they count up. */
export const byNumber = (a: { readonly number: string }, b: { readonly number: string }): number =>
  a.number.length - b.number.length || (a.number < b.number ? -1 : 1);

function matching({ order, state, locations }: PackageFilter) {
  return {
    ...(order === undefined ? {} : { order }),
    ...(state === undefined ? {} : { state }),
    ...(locations === undefined ? {} : { location: { $in: [...locations] } }),
  };
}

/** Newest first: what comes after a cursor is older, or as old with a smaller number. */
export function before(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [createdAt, number] = decodeCursor(cursor, 2);
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: number } }] };
}

function toRecord({ _id, recordedAt: _, ...record }: StoredPackage): PackageRecord {
  return record;
}
