import type { Model } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import type { AttemptOutcome, DeliveryAttempt, DeliveryStatus, WebhookDelivery } from '../domain/webhooks/delivery.js';
import { isDuplicateKey, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { before, toPage, type Page, type PageRequest } from './page.js';
import { deliverySchema, type StoredDelivery } from './webhookDeliveryModel.js';

export type { WebhookDelivery };

const KEPT_ATTEMPTS = 20;

export interface DeliveryFilter {
  readonly endpoint?: string;
  readonly status?: DeliveryStatus;
  /** Id of an event. */
  readonly event?: string;
}

/** What the log says about an event. */
interface Announced {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
}

/** One delivery for each endpoint and event, however often it is begun. */
export const deliveryId = (endpoint: string, event: string): string => `${endpoint}.${event}`;

export type WebhookDeliveryRepository = ReturnType<typeof createWebhookDeliveryRepository>;

/** The delivery log, written by the activity that delivers. */
export function createWebhookDeliveryRepository(connection: Connection) {
  const model = connection.model<StoredDelivery>('WebhookDelivery', deliverySchema);
  return { model, ...readsOf(model), ...writesOf(model) };
}

function readsOf(model: Model<StoredDelivery>) {
  return {
    find: async (id: string): Promise<WebhookDelivery | null> => {
      const found = await model.findById(id).lean<StoredDelivery>();
      return found && toDelivery(found);
    },

    /** Those of an endpoint that began from `from` on and before `to`, oldest first. */
    between: async (
      endpoint: string,
      from: Instant,
      to: Instant,
      status?: DeliveryStatus,
    ): Promise<WebhookDelivery[]> => {
      const filter = { endpoint, createdAt: { $gte: from, $lt: to }, ...(status && { status }) };
      const found = await model
        .find(ownFilter<StoredDelivery>(filter))
        .sort({ createdAt: 1, _id: 1 })
        .lean<StoredDelivery[]>();
      return found.map(toDelivery);
    },

    /** Exhausted ones that are not noted at their endpoint yet, at most `limit`. */
    untold: async (limit: number): Promise<WebhookDelivery[]> => {
      const found = await model
        .find(ownFilter<StoredDelivery>({ isUntold: true }))
        .limit(limit)
        .lean<StoredDelivery[]>();
      return found.map(toDelivery);
    },

    /** Newest first. */
    list: async ({ limit, cursor, ...filter }: PageRequest & DeliveryFilter): Promise<Page<WebhookDelivery>> => {
      const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      const found = await model
        .find(ownFilter<StoredDelivery>({ ...wanted, ...before(cursor) }))
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<StoredDelivery[]>();
      return toPage(found.map(toDelivery), limit, ({ createdAt, id }) => [createdAt, id]);
    },
  };
}

function writesOf(model: Model<StoredDelivery>) {
  return {
    /** Those of one activity, in the order of the events; a delivery that is new begins as pending. */
    open: async (endpoint: string, events: readonly Announced[], now: Date): Promise<WebhookDelivery[]> => {
      const opening = events.map((event) => newDelivery(endpoint, event, now));
      const ids = opening.map(({ _id }) => _id);
      const known = await model.find(ownFilter<StoredDelivery>({ _id: { $in: ids } })).lean<StoredDelivery[]>();
      const knownById = new Map(known.map((delivery) => [delivery._id, delivery]));
      const fresh = opening.filter(({ _id }) => !knownById.has(_id));
      try {
        if (fresh.length > 0) await model.insertMany(fresh, { ordered: false });
      } catch (error) {
        // Another run of the same activity has just opened them, as pending like this one.
        if (!isDuplicateKey(error)) throw error;
      }
      return opening.map((delivery) => toDelivery(knownById.get(delivery._id) ?? delivery));
    },

    /**
     * How an attempt went. What arrived stays `delivered`, also when a run that Temporal took for lost
     * reports a failure of its own afterwards.
     */
    record: async (id: string, attempt: DeliveryAttempt, { status, nextAttemptAt }: AttemptOutcome): Promise<void> => {
      const from = status === 'delivered' ? {} : { status: 'pending' };
      await model.updateOne(ownFilter<StoredDelivery>({ _id: id, ...from, 'attempts.at': { $ne: attempt.at } }), {
        $set: { status, nextAttemptAt, updatedAt: attempt.at, ...(status === 'exhausted' && { isUntold: true }) },
        $inc: { attemptCount: 1 },
        $push: { attempts: { $each: [attempt], $slice: -KEPT_ATTEMPTS } },
      });
    },

    /** Nobody listens any more: what is pending is given up. */
    cancel: async (ids: readonly string[], now: Date): Promise<void> => {
      await model.updateMany(ownFilter<StoredDelivery>({ _id: { $in: [...ids] }, status: 'pending' }), {
        $set: { status: 'cancelled', nextAttemptAt: null, updatedAt: now.toISOString() },
      });
    },

    /** Its endpoint has noted that it was given up. */
    told: async (id: string): Promise<void> => {
      await model.updateOne(ownFilter<StoredDelivery>({ _id: id }), { $unset: { isUntold: '' } });
    },

    /** For a replay: whatever became of them, they are due now, and their schedule begins anew. */
    reopen: async (ids: readonly string[], now: Date): Promise<void> => {
      await model.updateMany(ownFilter<StoredDelivery>({ _id: { $in: [...ids] } }), {
        $set: { status: 'pending', attemptCount: 0, nextAttemptAt: null, updatedAt: now.toISOString() },
      });
    },
  };
}

function newDelivery(endpoint: string, { id, type, subject }: Announced, now: Date): StoredDelivery {
  const at = now.toISOString();
  return {
    _id: deliveryId(endpoint, id),
    endpoint,
    event: id,
    type,
    subject,
    status: 'pending',
    attempts: [],
    attemptCount: 0,
    nextAttemptAt: null,
    createdAt: at,
    updatedAt: at,
  };
}

const toDelivery = ({ _id: id, isUntold: _, ...delivery }: StoredDelivery): WebhookDelivery => ({ id, ...delivery });
