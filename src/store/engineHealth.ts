import { Schema } from 'mongoose';

import { SCHEMA_OPTIONS, type Connection } from './connection.js';

/** Whether workers ask a stock engine, as one of them said last. */
export interface StoredHealth {
  readonly state: 'ok' | 'open';
  readonly since: Date;
  /** Why it is not asked. */
  readonly detail: string | null;
}

const schema = new Schema<StoredHealth & { _id: string }>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    since: { type: Date, required: true },
    detail: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'engine_health' },
);

/** How stock engines do, for people to see; nothing depends on it. */
export function createEngineHealthRepository(connection: Connection) {
  const model = connection.model<StoredHealth & { _id: string }>('EngineHealth', schema);
  return {
    note: async (engine: string, health: StoredHealth): Promise<void> => {
      await model.updateOne({ _id: engine }, { $set: { ...health } }, { upsert: true });
    },

    /** Null for one of which no worker has said anything. */
    find: async (engine: string): Promise<StoredHealth | null> => {
      const found = await model.findById(engine).lean();
      return found && { state: found.state, since: found.since, detail: found.detail ?? null };
    },
  };
}
