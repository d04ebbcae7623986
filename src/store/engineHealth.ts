import { Schema } from 'mongoose';

import { SCHEMA_OPTIONS, type Connection } from './connection.js';

/** Whether workers ask a stock engine, as one of them said last. */
export interface StoredHealth {
  readonly state: 'ok' | 'open';
  readonly since: Date;
  /** Why it is not asked. */
  readonly detail: string | null;
}

/** A worker that leaves an engine alone says so at least this often, in ms; one that is silent for longer has died. */
const SAID_WITHIN_MS = 60_000;

interface Said extends StoredHealth {
  _id: string;
  saidAt: Date;
}

const schema = new Schema<Said>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    since: { type: Date, required: true },
    detail: String,
    saidAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'engine_health' },
);

/** How stock engines do, for people to see; nothing depends on it. */
export function createEngineHealthRepository(connection: Connection) {
  const model = connection.model<Said>('EngineHealth', schema);
  return {
    note: async (engine: string, health: StoredHealth, now: Date): Promise<void> => {
      await model.updateOne({ _id: engine }, { $set: { ...health, saidAt: now } }, { upsert: true });
    },

    /** Null for one of which no worker has said anything. */
    find: async (engine: string, now: Date): Promise<StoredHealth | null> => {
      const found = await model.findById(engine).lean();
      if (found?.state === 'open' && now.getTime() - found.saidAt.getTime() > SAID_WITHIN_MS) return null;
      return found && { state: found.state, since: found.since, detail: found.detail ?? null };
    },
  };
}
