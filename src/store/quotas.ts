import { Schema } from 'mongoose';

import { isDuplicateKey, SCHEMA_OPTIONS, type Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';

interface StoredQuota {
  _id: string;
  /** Number of `packages`. */
  open: number;
  packages: string[];
  lastWorkAt: string;
}

const schema = new Schema<StoredQuota>(
  {
    _id: { type: String, required: true },
    open: { type: Number, required: true },
    packages: [String],
    lastWorkAt: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'quotas' },
);

// All locations that have work, for planning; the collection has one small document per location.
schema.index({ open: 1 });

/** Open packages per location: counted with the package numbers, so that a repeat counts nothing twice. */
export function createQuotaRepository(connection: Connection) {
  const model = connection.model<StoredQuota>('Quota', schema);
  return {
    model,

    /**
     * Takes a place for the package. True when it has one, taken now or before; false when `limit`
     * packages are open already. Without a limit there is always a place.
     */
    take: async (location: string, packageNo: string, limit: number | null, at: Date): Promise<boolean> => {
      const hasPlace = async () => (await model.exists({ _id: location, packages: packageNo })) !== null;
      if (limit !== null && limit < 1) return hasPlace();
      try {
        await model.updateOne(
          ownFilter({
            _id: location,
            packages: { $ne: packageNo },
            ...(limit === null ? {} : { open: { $lt: limit } }),
          }),
          { $inc: { open: 1 }, $push: { packages: packageNo }, $set: { lastWorkAt: at.toISOString() } },
          { upsert: true },
        );
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return hasPlace();
      }
    },

    /** Frees the package's place; one that has none is no error. */
    free: async (location: string, packageNo: string): Promise<void> => {
      await model.updateOne(
        { _id: location, packages: packageNo },
        { $inc: { open: -1 }, $pull: { packages: packageNo } },
      );
    },

    /** What planning needs of every location that ever had work. */
    all: async (): Promise<{ location: string; open: number; lastWorkAt: string }[]> => {
      const found = await model.find({}, { open: 1, lastWorkAt: 1 }).lean<StoredQuota[]>();
      return found.map(({ _id, open, lastWorkAt }) => ({ location: _id, open, lastWorkAt }));
    },
  };
}

export type QuotaRepository = ReturnType<typeof createQuotaRepository>;
