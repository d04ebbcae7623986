import { setTimeout as pause } from 'node:timers/promises';

import { Schema } from 'mongoose';

import { OmsError } from '../platform/errors.js';
import { SCHEMA_OPTIONS, type Connection } from './connection.js';

interface StoredPace {
  _id: string;
  /** When the request that was let through last may be made, by the clock of the database. */
  at: Date;
  /** The clock of the database at that write. */
  now: Date;
}

const schema = new Schema<StoredPace>(
  { _id: { type: String, required: true }, at: { type: Date, required: true }, now: { type: Date, required: true } },
  { ...SCHEMA_OPTIONS, collection: 'request_paces' },
);

/** Who would have to wait longer is told to come back. */
const LONGEST_MS = 10_000;

/**
 * Lets so many requests per second through to each outside service, counted over all processes: each takes the next
 * free moment by one atomic write, and waits for it. The clock is the database's.
 */
export function createRequestPace(connection: Connection) {
  const model = connection.model<StoredPace>('RequestPace', schema);
  return {
    /** @throws {OmsError} `stock.unreachable` when the next free moment is more than ten seconds away. */
    wait: async (service: string, requestsPerSecond: number): Promise<void> => {
      const step = 1_000 / requestsPerSecond;
      const next = { $max: ['$$NOW', { $add: [{ $ifNull: ['$at', new Date(0)] }, step] }] };
      // Who finds the queue too long takes no place in it.
      const isTooLong = { $gt: [{ $subtract: [next, '$$NOW'] }, LONGEST_MS] };
      const found = await model
        .findOneAndUpdate(
          { _id: service },
          [{ $set: { at: { $cond: [isTooLong, '$at', next] }, now: { $cond: [isTooLong, null, '$$NOW'] } } }],
          { upsert: true, returnDocument: 'after', updatePipeline: true },
        )
        .lean<StoredPace | { at: Date; now: null }>();
      if (!found?.now)
        throw new OmsError('stock.unreachable', `Stock engine ${service} is asked too often; see requestsPerSecond`);
      const waitMs = found.at.getTime() - found.now.getTime();
      if (waitMs > 0) await pause(waitMs);
    },
  };
}
