import { Schema } from 'mongoose';

import type { UnreadableField } from '../domain/omnitron/context.js';
import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';

/** Something that one of all processes does from time to time, and where it is. */
interface StoredPlace {
  _id: string;
  position: string;
  /** Nobody else begins before. */
  nextAt: string;
}

/** Something of Omnitron's that we did not take. */
export interface OmnitronRefusal {
  /** `order/7001` or `cancellation/31`, by Omnitron's key. */
  readonly id: string;
  readonly number: string | null;
  /** Of the state that was refused; a newer one is tried again. */
  readonly modifiedDate: string | null;
  readonly errors: readonly UnreadableField[];
  readonly detail: string;
  readonly at: string;
}

const placeSchema = new Schema<StoredPlace>(
  {
    _id: { type: String, required: true },
    position: { type: String, required: true },
    nextAt: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'omnitron_places' },
);

const refusalSchema = new Schema<Omit<OmnitronRefusal, 'id'> & { _id: string }>(
  {
    _id: { type: String, required: true },
    number: String,
    modifiedDate: String,
    errors: { type: Schema.Types.Mixed, required: true },
    detail: { type: String, required: true },
    at: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'omnitron_refusals', suppressReservedKeysWarning: true },
);

export type OmnitronPullRepository = ReturnType<typeof createOmnitronPullRepository>;

/** Where our reading of the event log and of Omnitron stands, and what we did not take. */
export function createOmnitronPullRepository(connection: Connection) {
  const places = connection.model<StoredPlace>('OmnitronPlace', placeSchema);
  const refusals = connection.model<Omit<OmnitronRefusal, 'id'> & { _id: string }>('OmnitronRefusal', refusalSchema);
  return {
    /** Whether it is our turn now; true at most once in `everyMs`, whoever asks. */
    isTurn: async (what: string, everyMs: number, now: Date): Promise<boolean> => {
      const at = now.toISOString();
      const nextAt = new Date(now.getTime() + everyMs).toISOString();
      try {
        const { modifiedCount, upsertedCount } = await places.updateOne(
          ownFilter({ _id: what, nextAt: { $lte: at } }),
          { $set: { nextAt }, $setOnInsert: { position: '' } },
          { upsert: true },
        );
        return modifiedCount + upsertedCount === 1;
      } catch (error) {
        // Somebody else has it: the upsert meets the key.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /** Empty at the beginning. */
    position: async (what: string): Promise<string> =>
      (await places.findById(what).lean<StoredPlace>())?.position ?? '',

    move: async (what: string, position: string, now: Date): Promise<void> => {
      await places.updateOne(
        { _id: what },
        { $set: { position }, $setOnInsert: { nextAt: now.toISOString() } },
        { upsert: true },
      );
    },

    refuse: async ({ id, ...refusal }: OmnitronRefusal): Promise<void> => {
      await refusals.updateOne({ _id: id }, { $set: refusal }, { upsert: true });
    },

    /** It was taken after all. */
    accept: async (id: string): Promise<void> => {
      await refusals.deleteOne({ _id: id });
    },

    findRefusal: async (id: string): Promise<OmnitronRefusal | null> => {
      const found = await refusals.findById(id).lean<Omit<OmnitronRefusal, 'id'> & { _id: string }>();
      return found && toRefusal(found);
    },

    /** Newest first. */
    refusals: async (limit: number): Promise<OmnitronRefusal[]> => {
      const found = await refusals
        .find()
        .sort({ at: -1 })
        .limit(limit)
        .lean<(Omit<OmnitronRefusal, 'id'> & { _id: string })[]>();
      return found.map(toRefusal);
    },
  };
}

const toRefusal = ({ _id, ...refusal }: Omit<OmnitronRefusal, 'id'> & { _id: string }): OmnitronRefusal => ({
  id: _id,
  ...refusal,
});
