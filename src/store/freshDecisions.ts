import type { Model } from 'mongoose';

import type { Instant } from '../domain/order/order.js';
import { ownFilter } from './ownFilter.js';

/** A place in the sequence of decisions: everything up to and with it lies before. */
export interface DecisionPlace {
  readonly at: Instant;
  /** Empty: before every decision of that moment. */
  readonly id: string;
}

/** Names the decision that gave an order its first packages, or found that no scenario plans it. */
export interface FreshDecision {
  readonly order: string;
  readonly n: number;
  readonly place: DecisionPlace;
}

/** Which fresh decisions to go through: from after a place up to a moment. */
export interface DecisionWindow {
  readonly after: DecisionPlace;
  readonly until: Instant;
  readonly total: number;
}

/**
 * A decision counts from this long after it was written: until then an earlier one may still be on its way
 * to where we read.
 */
const SETTLED_AFTER_MS = 5_000;

/** What is read of a decision as it is stored. */
interface Found {
  readonly _id: string;
  readonly order: string;
  readonly n: number;
  readonly plannedAt: Date;
}

const BEGINNING = new Date(0).toISOString();

/**
 * The fresh decisions of all orders in the order in which they were made. Decisions that planned again what
 * came back follow from these and are left out, so that every order counts once.
 */
export function freshDecisionsOf<Stored>(model: Model<Stored>) {
  /** As the index that serves these queries says it. */
  const freshBetween = (plannedAt: object) => ownFilter<Stored>({ 'plan.isFresh': true, plannedAt });

  return {
    /** The last `last` of those made from `from` on and before `to`. */
    freshWindow: async ({ last, from, to }: { last: number; from?: Instant; to: Instant }): Promise<DecisionWindow> => {
      const since = from ?? BEGINNING;
      const filter = freshBetween({ $gte: new Date(since), $lt: new Date(to) });
      const [total, [beforeFirst]] = await Promise.all([
        model.countDocuments(filter, { limit: last }),
        model
          .find(filter, { plannedAt: 1 })
          .sort({ plannedAt: -1, _id: -1 })
          .skip(last)
          .limit(1)
          .lean<Pick<Found, '_id' | 'plannedAt'>[]>(),
      ]);
      const after = beforeFirst
        ? { at: beforeFirst.plannedAt.toISOString(), id: beforeFirst._id }
        : { at: since, id: '' };
      return { after, until: to, total };
    },

    /** The next ones, oldest first; without `until` as far as they are settled by the clock of the database. */
    freshAfter: async (
      { at, id }: DecisionPlace,
      {
        until,
        limit,
        settledAfterMs = SETTLED_AFTER_MS,
      }: { until: Instant | null; limit: number; settledAfterMs?: number },
    ): Promise<FreshDecision[]> => {
      const moment = new Date(at);
      const end = until === null ? {} : { $lt: new Date(until) };
      const settled = { $expr: { $lte: ['$plannedAt', { $subtract: ['$$NOW', settledAfterMs] }] } };
      const found = await model
        .find(
          {
            ...freshBetween({ $gte: moment, ...end }),
            ...ownFilter({
              $or: [{ plannedAt: { $gt: moment } }, { plannedAt: moment, _id: { $gt: id } }],
              ...(until === null ? settled : {}),
            }),
          },
          { order: 1, n: 1, plannedAt: 1 },
        )
        .sort({ plannedAt: 1, _id: 1 })
        .limit(limit)
        .lean<Found[]>();
      return found.map(({ _id, order, n, plannedAt }) => ({
        order,
        n,
        place: { at: plannedAt.toISOString(), id: _id },
      }));
    },

    /** Whether the order was planned afresh again after decision `n`: it had waited for a scenario. */
    isSuperseded: async ({ order, n }: FreshDecision): Promise<boolean> =>
      (await model.exists(ownFilter({ order, n: { $gt: n }, status: 'planned', 'plan.isFresh': true }))) !== null,
  };
}
