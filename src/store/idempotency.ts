import { Schema } from 'mongoose';

import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';

interface Stored {
  _id: string;
  fingerprint: string;
  /** Whoever carries the request out; another one takes over when it seems to have died. */
  holder: string;
  startedAt: Date;
  /** The answer, sealed; null while the request is carried out. */
  answer: string | null;
  expiresAt: Date;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    fingerprint: { type: String, required: true },
    holder: { type: String, required: true },
    startedAt: { type: Date, required: true },
    answer: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'idempotency_records' },
);

// MongoDB forgets what has expired, within a minute or so.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const REMEMBERED_MS = 24 * 3_600_000;

// Longer than any request of ours may take: after this the holder's process is taken for dead.
const HOLDER_LIVES_MS = 30_000;

/** What to do with a request that came under a key. */
export type Claim =
  | { readonly kind: 'carry_out' }
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'in_progress' }
  | { readonly kind: 'other_request' };

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>;

/**
 * Requests by their `Idempotency-Key`. The first claim of a scope wins; all writes are conditional on the
 * holder, so a request that was taken over can no longer say how it ended.
 */
export function createIdempotencyRepository(connection: Connection) {
  const model = connection.model<Stored>('IdempotencyRecord', schema);

  const insert = async (scope: string, fingerprint: string, holder: string, now: Date): Promise<boolean> => {
    const expiresAt = new Date(now.getTime() + REMEMBERED_MS);
    try {
      await model.create([{ _id: scope, fingerprint, holder, startedAt: now, answer: null, expiresAt }]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };

  const takeOver = async (found: Stored, fingerprint: string, holder: string, now: Date): Promise<boolean> => {
    const { modifiedCount } = await model.updateOne(
      { _id: found._id, holder: found.holder, startedAt: found.startedAt },
      {
        $set: { fingerprint, holder, startedAt: now, answer: null, expiresAt: new Date(now.getTime() + REMEMBERED_MS) },
      },
    );
    return modifiedCount === 1;
  };

  return {
    model,

    async claim(scope: string, fingerprint: string, holder: string, now: Date): Promise<Claim> {
      if (await insert(scope, fingerprint, holder, now)) return { kind: 'carry_out' };
      const found = await model.findOne({ _id: scope }).lean<Stored>();
      // Released between the two calls: whoever asks again finds it free.
      if (!found) return { kind: 'in_progress' };
      const hasExpired = found.expiresAt <= now;
      if (!hasExpired && found.fingerprint !== fingerprint) return { kind: 'other_request' };
      if (!hasExpired && found.answer !== null) return { kind: 'answered', answer: found.answer };
      const isAbandoned = found.startedAt.getTime() + HOLDER_LIVES_MS <= now.getTime();
      if (!hasExpired && !isAbandoned) return { kind: 'in_progress' };
      return (await takeOver(found, fingerprint, holder, now)) ? { kind: 'carry_out' } : { kind: 'in_progress' };
    },

    async remember(scope: string, holder: string, answer: string, now: Date): Promise<void> {
      const expiresAt = new Date(now.getTime() + REMEMBERED_MS);
      await model.updateOne({ _id: scope, holder }, { $set: { answer, expiresAt } });
    },

    /** The request came to nothing that is remembered: the key is free again. */
    async release(scope: string, holder: string): Promise<void> {
      await model.deleteOne({ _id: scope, holder, answer: null });
    },
  };
}
