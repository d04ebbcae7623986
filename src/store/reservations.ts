import type { Model } from 'mongoose';

import { heldByTransfer, holdKey } from '../domain/reservations/holds.js';
import type { TransferDraft } from '../domain/transfer/transfer.js';
import { isDuplicateKey, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { keptHoldsOf } from './keptHolds.js';
import { stockPageId, stockPageModel, type Hold, type StockPage } from './stockBook.js';

/** What a transfer holds at its source, for the package that waits for it. */
export const holdsOfTransfer = (transfer: TransferDraft): Hold[] =>
  heldByTransfer({ ...transfer, isReserved: true }).map((held) => {
    const item = transfer.items.find(({ id }) => holdKey(transfer.number, id) === held.key)?.packageItem ?? '';
    return { ...held, order: transfer.order, package: transfer.package, item };
  });

/**
 * One document per (location, SKU) carries the sum and every hold in it, so that each change is one
 * conditional update and the sum can never disagree with the holds.
 */
export function createReservationRepository(connection: Connection) {
  const model = stockPageModel(connection);
  const take = (hold: Hold, limit: number, since: Date) => takeHold(model, hold, limit, since);
  const release = (holds: readonly Hold[]) => releaseHolds(model, holds);
  return {
    model,
    /** True when the hold is in place, taken now or before; false when `limit` leaves no room for it. */
    take,
    /** Gives holds back; one that is not there is no error. */
    release,

    /**
     * Brings the holds of one package from what they were to what they are: fewer units, more, or of another
     * SKU. Without a limit, because the goods are there: a person or a transfer brought them.
     */
    settle: async (were: readonly Hold[], are: readonly Hold[], since: Date): Promise<void> => {
      const same = (a: Hold, b: Hold) => a.key === b.key && a.location === b.location && a.sku === b.sku;
      await release(were.filter((hold) => !are.some((other) => same(hold, other))));
      for (const hold of are) {
        const before = were.find((other) => same(hold, other));
        if (!before) await take(hold, Infinity, since);
        else if (before.quantity !== hold.quantity) await resize(model, before, hold.quantity);
      }
    },

    ...keptHoldsOf(model, release),

    ofOrder: async (order: string): Promise<Hold[]> => {
      const found = await model.find({ 'holds.order': order }).lean<StockPage[]>();
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

    /** What is reserved and reported missing of these SKUs, for every location that has any. */
    pagesOf: async (skus: readonly string[]): Promise<Omit<StockPage, '_id' | 'holds'>[]> =>
      model
        .find(
          ownFilter({
            sku: { $in: [...skus] },
            $or: [{ reserved: { $gt: 0 } }, { 'discrepancies.0': { $exists: true } }],
          }),
          { _id: 0, location: 1, sku: 1, reserved: 1, discrepancies: 1 },
        )
        .lean<Omit<StockPage, '_id' | 'holds'>[]>(),
  };
}

export type ReservationRepository = ReturnType<typeof createReservationRepository>;

async function takeHold(model: Model<StockPage>, hold: Hold, limit: number, since: Date): Promise<boolean> {
  const { key, location, sku, quantity, order, package: packageNo, item } = hold;
  const _id = stockPageId(location, sku);
  const isHeld = async () => (await model.exists({ _id, 'holds.key': key })) !== null;
  // The upsert would ignore the limit when the document is new.
  if (quantity > limit) return isHeld();
  const entry = { key, quantity, order, package: packageNo, item, since: since.toISOString() };
  try {
    await model.updateOne(
      ownFilter({
        _id,
        'holds.key': { $ne: key },
        ...(limit === Infinity ? {} : { reserved: { $lte: limit - quantity } }),
      }),
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

async function releaseHolds(model: Model<StockPage>, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  const updates = holds.map(({ key, location, sku, quantity }) => ({
    updateOne: {
      filter: ownFilter({ _id: stockPageId(location, sku), holds: { $elemMatch: { key, quantity } } }),
      update: { $inc: { reserved: -quantity }, $pull: { holds: { key } } },
    },
  }));
  await model.bulkWrite(updates, { ordered: false });
}

/** Repeatable: once resized, the hold no longer has the quantity that is looked for. */
async function resize(model: Model<StockPage>, { key, location, sku, quantity }: Hold, to: number): Promise<void> {
  await model.updateOne(ownFilter({ _id: stockPageId(location, sku), holds: { $elemMatch: { key, quantity } } }), {
    $inc: { reserved: to - quantity },
    $set: { 'holds.$.quantity': to },
  });
}

const sortKey = ({ location, sku, key }: Hold): string => `${stockPageId(location, sku)}|${key}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
