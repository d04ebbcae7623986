import { Schema } from 'mongoose';

import { SCHEMA_OPTIONS, type Connection } from './connection.js';

/** A word of a carrier that we do not know. */
export interface UnknownCode {
  readonly carrier: string;
  readonly rawCode: string;
  /** The package of which it was said. */
  readonly package: string;
}

/** As the report lists it. */
export interface NotedCode {
  readonly carrier: string;
  readonly rawCode: string;
  /** How often it was heard, at least: news that comes again is not counted. */
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** The package of which it was said last. */
  readonly package: string;
}

interface StoredCode extends NotedCode {
  _id: string;
}

/** A carrier that invents codes must not fill the collection. */
const MOST = 1_000;

const schema = new Schema<StoredCode>(
  {
    _id: { type: String, required: true },
    carrier: { type: String, required: true },
    rawCode: { type: String, required: true },
    count: { type: Number, required: true },
    firstAt: { type: String, required: true },
    lastAt: { type: String, required: true },
    package: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'unknown_codes' },
);

schema.index({ lastAt: -1 });

/** Codes of carriers that mean nothing to us yet, for the people who can say what they mean. */
export function createUnknownCodeRepository(connection: Connection) {
  const model = connection.model<StoredCode>('UnknownCode', schema);
  return {
    note: async ({ carrier, rawCode, package: number }: UnknownCode, now: Date): Promise<void> => {
      const at = now.toISOString();
      const _id = `${carrier}/${rawCode}`;
      const known = await model.updateOne({ _id }, { $inc: { count: 1 }, $set: { lastAt: at, package: number } });
      if (known.matchedCount > 0 || (await model.estimatedDocumentCount()) >= MOST) return;
      await model.updateOne(
        { _id },
        { $inc: { count: 1 }, $set: { lastAt: at, package: number }, $setOnInsert: { carrier, rawCode, firstAt: at } },
        { upsert: true },
      );
    },

    /** The latest first. */
    all: async (): Promise<NotedCode[]> => {
      const found = await model.find({}).sort({ lastAt: -1 }).limit(MOST).lean<StoredCode[]>();
      return found.map(({ _id: _, ...code }) => code);
    },
  };
}
