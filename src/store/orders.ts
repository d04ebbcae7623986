import { Schema } from 'mongoose';

import {
  receivedOrder,
  type Order,
  type OrderRecord,
  type OrderState,
  type Waiting,
  type WaitingReason,
} from '../domain/order/order.js';
import { sameContent } from '../platform/fingerprint.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { writeGuarded } from './guardedWrite.js';
import { newestFirst, OWNED_FIELDS, toRecord, type Owned } from './ownedRecord.js';
import { ownFilter } from './ownFilter.js';
import type { Page, PageRequest } from './page.js';

type StoredOrder = OrderRecord & Owned;

const { Mixed } = Schema.Types;

const schema = new Schema<StoredOrder>(
  {
    ...OWNED_FIELDS,
    order: { type: Mixed, required: true },
    changes: Mixed,
    hold: Mixed,
    waiting: Mixed,
    cancelledUnits: { type: Mixed, required: true },
    cancellation: Mixed,
    scenario: Mixed,
    decisions: { type: Number, required: true },
    packageCount: { type: Number, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'orders' },
);

// Lists, newest first, plain and by state or channel.
schema.index({ createdAt: -1, _id: -1 });
schema.index({ state: 1, createdAt: -1, _id: -1 });
schema.index({ 'order.channel': 1, createdAt: -1, _id: -1 });
// Orders that wait for the same thing, to be woken when it comes.
schema.index({ 'waiting.reason': 1 }, { partialFilterExpression: { 'waiting.reason': { $type: 'string' } } });

export interface OrderFilter {
  readonly state?: OrderState;
  readonly channel?: string;
}

/** The read model of orders. Intake inserts; from then on only the `record` activity writes. */
export function createOrderRepository(connection: Connection) {
  const model = connection.model<StoredOrder>('Order', schema);

  const find = async (number: string): Promise<OrderRecord | null> => {
    const found = await model.findById(number).lean<StoredOrder>();
    return found && toRecord(found);
  };

  return {
    model,
    find,

    /**
     * Stores an order that comes in. The number is the key: the same content again is `same`, other
     * content under a known number is `different` and changes nothing.
     */
    insertReceived: async (order: Order, now: Date): Promise<'created' | 'same' | 'different'> => {
      try {
        // Recorded at 0, so that the workflow's own first record always counts as later.
        await model.create([{ _id: order.number, ...receivedOrder(order, now.toISOString()), recordedAt: 0 }]);
        return 'created';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const known = await find(order.number);
        return known && sameContent(known.order, order) ? 'same' : 'different';
      }
    },

    save: (record: OrderRecord, recordedAt: number): Promise<boolean> =>
      writeGuarded(model, { _id: record.order.number, ...record, recordedAt }),

    /** Tells people how a retried attempt went, while the order waits for this reason. Not a state change. */
    noteAttempt: async (number: string, reason: WaitingReason, note: Pick<Waiting, 'detail' | 'nextAttemptAt'>) => {
      await model.updateOne(
        { _id: number, 'waiting.reason': reason },
        { $set: { 'waiting.detail': note.detail, 'waiting.nextAttemptAt': note.nextAttemptAt } },
      );
    },

    /** Numbers of the orders that wait for `reason`, oldest first, at most `limit`. */
    waitingFor: async (reason: WaitingReason, limit: number): Promise<string[]> => {
      const found = await model.find({ 'waiting.reason': reason }, { _id: 1 }).limit(limit).lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    /** Orders that were stored but whose workflow nobody has seen begin since `before`. */
    notBegun: async (beforeInstant: Date, limit: number): Promise<Order[]> => {
      const found = await model
        .find(ownFilter({ state: 'received', version: 0, createdAt: { $lt: beforeInstant.toISOString() } }))
        .limit(limit)
        .lean<StoredOrder[]>();
      return found.map(({ order }) => order);
    },

    list: ({ state, channel, ...page }: PageRequest & OrderFilter): Promise<Page<OrderRecord>> => {
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(channel === undefined ? {} : { 'order.channel': channel }),
      };
      return newestFirst(model, filter, page);
    },
  };
}

export type OrderRepository = ReturnType<typeof createOrderRepository>;
