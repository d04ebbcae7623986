import { Schema, type Model } from 'mongoose';

import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';

/** Units of one SKU held at one location for one package item. `key` makes taking and giving back repeatable. */
export interface Hold {
  readonly key: string;
  readonly location: string;
  readonly sku: string;
  /** Whole pieces. */
  readonly quantity: number;
  readonly order: string;
  readonly package: string;
  readonly item: string;
}

interface StoredReservation {
  _id: string;
  location: string;
  sku: string;
  /** Sum of the holds. */
  reserved: number;
  holds: (Pick<Hold, 'key' | 'quantity' | 'order' | 'package' | 'item'> & { since: string })[];
}

const schema = new Schema<StoredReservation>(
  {
    _id: { type: String, required: true },
    location: { type: String, required: true },
    sku: { type: String, required: true },
    reserved: { type: Number, required: true },
    holds: [{ _id: false, key: String, quantity: Number, order: String, package: String, item: String, since: String }],
  },
  { ...SCHEMA_OPTIONS, collection: 'reservations' },
);

// What is reserved of the SKUs of an order, at all locations.
schema.index({ sku: 1, location: 1 });
// Everything an order holds, when it is cancelled or checked.
schema.index({ 'holds.order': 1 });

export const holdKey = (packageNo: string, item: string): string => `${packageNo}/${item}`;

/** No code or SKU has a bar in it, so the pair has one id. */
const documentId = (location: string, sku: string): string => `${location}|${sku}`;

/**
 * One document per (location, SKU) carries the sum and every hold in it, so that each change is one
 * conditional update and the sum can never disagree with the holds.
 */
export function createReservationRepository(connection: Connection) {
  const model = connection.model<StoredReservation>('Reservation', schema);
  const take = (hold: Hold, limit: number, since: Date) => takeHold(model, hold, limit, since);
  const release = (holds: readonly Hold[]) => releaseHolds(model, holds);
  return {
    model,
    /** True when the hold is in place, taken now or before; false when `limit` leaves no room for it. */
    take,
    /** Gives holds back; one that is not there is no error. */
    release,

    ofOrder: async (order: string): Promise<Hold[]> => {
      const found = await model.find({ 'holds.order': order }).lean<StoredReservation[]>();
      return found.flatMap(({ location, sku, holds }) =>
        holds.filter((hold) => hold.order === order).map(({ since: _, ...hold }) => ({ ...hold, location, sku })),
      );
    },

    /**
     * Takes all holds or none. They are taken in sorted order, so that two plans that want the same goods
     * meet at the same document instead of each holding what the other lacks.
     *
     * @returns false when one found no room within its `limit`, the units that may be reserved in all.
     */
    takeAll: async (holds: readonly (Hold & { readonly limit: number })[], since: Date): Promise<boolean> => {
      const sorted = [...holds].sort((a, b) => compare(sortKey(a), sortKey(b)));
      for (const [index, hold] of sorted.entries()) {
        if (await take(hold, hold.limit, since)) continue;
        await release(sorted.slice(0, index));
        return false;
      }
      return true;
    },

    /** Units reserved of these SKUs, for every location that holds any. */
    reservedOf: async (skus: readonly string[]): Promise<{ location: string; sku: string; reserved: number }[]> =>
      model
        .find(ownFilter({ sku: { $in: [...skus] }, reserved: { $gt: 0 } }), {
          _id: 0,
          location: 1,
          sku: 1,
          reserved: 1,
        })
        .lean<{ location: string; sku: string; reserved: number }[]>(),
  };
}

export type ReservationRepository = ReturnType<typeof createReservationRepository>;

async function takeHold(model: Model<StoredReservation>, hold: Hold, limit: number, since: Date): Promise<boolean> {
  const { key, location, sku, quantity, order, package: packageNo, item } = hold;
  const _id = documentId(location, sku);
  const isHeld = async () => (await model.exists({ _id, 'holds.key': key })) !== null;
  // The upsert would ignore the limit when the document is new.
  if (quantity > limit) return isHeld();
  const entry = { key, quantity, order, package: packageNo, item, since: since.toISOString() };
  try {
    await model.updateOne(
      ownFilter({ _id, reserved: { $lte: limit - quantity }, 'holds.key': { $ne: key } }),
      { $inc: { reserved: quantity }, $push: { holds: entry }, $setOnInsert: { location, sku } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    // The document is there and the condition does not hold: no room, or the hold is in place.
    if (!isDuplicateKey(error)) throw error;
    return isHeld();
  }
}

async function releaseHolds(model: Model<StoredReservation>, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  const updates = holds.map(({ key, location, sku, quantity }) => ({
    updateOne: {
      filter: ownFilter({ _id: documentId(location, sku), holds: { $elemMatch: { key, quantity } } }),
      update: { $inc: { reserved: -quantity }, $pull: { holds: { key } } },
    },
  }));
  await model.bulkWrite(updates, { ordered: false });
}

const sortKey = ({ location, sku, key }: Hold): string => `${documentId(location, sku)}|${key}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
