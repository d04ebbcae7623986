import type { Model } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import type { AttemptOutcome, DeliveryAttempt, DeliveryStatus, WebhookDelivery } from '../domain/webhooks/delivery.js';
import { isDuplicateKey, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { together } from './together.js';
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
  const openOne = together<StoredDelivery, WebhookDelivery>((opening) => openAll(model, opening));
  const recordOne = together<Recorded, void>(async (recorded) => {
    await model.bulkWrite(
      recorded.map((one) => ({ updateOne: attemptUpdate(one) })),
      { ordered: false },
    );
    return recorded.map(() => undefined);
  });
  return {
    /** Those of one activity, in the order of the events; a delivery that is new begins as pending. */
    open: (endpoint: string, events: readonly Announced[], now: Date): Promise<WebhookDelivery[]> =>
      Promise.all(events.map((event) => openOne(newDelivery(endpoint, event, now)))),

    /**
     * How an attempt went. What arrived stays `delivered`, also when a run that Temporal took for lost
     * reports a failure of its own afterwards.
     */
    record: (id: string, attempt: DeliveryAttempt, outcome: AttemptOutcome): Promise<void> =>
      recordOne({ id, attempt, outcome }),

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

/** An attempt to be written down. */
interface Recorded {
  readonly id: string;
  readonly attempt: DeliveryAttempt;
  readonly outcome: AttemptOutcome;
}

function attemptUpdate({ id, attempt, outcome: { status, nextAttemptAt } }: Recorded) {
  const from = status === 'delivered' ? {} : { status: 'pending' as const };
  return {
    filter: ownFilter<StoredDelivery>({ _id: id, ...from, 'attempts.at': { $ne: attempt.at } }),
    update: {
      $set: { status, nextAttemptAt, updatedAt: attempt.at, ...(status === 'exhausted' && { isUntold: true }) },
      $inc: { attemptCount: 1 },
      $push: { attempts: { $each: [attempt], $slice: -KEPT_ATTEMPTS } },
    },
  };
}

/** Most are new, so they are inserted first; those that are there already are as they are. */
async function openAll(
  model: Model<StoredDelivery>,
  opening: readonly StoredDelivery[],
): Promise<(WebhookDelivery | Error)[]> {
  try {
    await model.insertMany([...opening], { ordered: false, lean: true });
    return opening.map(toDelivery);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const ids = opening.map(({ _id }) => _id);
  const known = await model.find(ownFilter<StoredDelivery>({ _id: { $in: ids } })).lean<StoredDelivery[]>();
  const byId = new Map(known.map((delivery) => [delivery._id, delivery]));
  return opening.map(({ _id }) => {
    const delivery = byId.get(_id);
    return delivery ? toDelivery(delivery) : new Error(`the delivery ${_id} was not written`);
  });
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
