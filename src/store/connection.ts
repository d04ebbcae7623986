import mongoose, { type Connection } from 'mongoose';

export type { Connection };

// Bad filters and unknown paths are bugs or attacks; both stop here instead of matching everything.
mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', true);

/**
 * Opens the brand's database. Writes are acknowledged by a majority and journaled, so that what was
 * answered to a caller survives the loss of the process and of the machine.
 *
 * @param uri with the database's name in its path.
 * @param options `monitorCommands`: the client tells of every command, for counting them.
 */
export async function connectStore(uri: string, { monitorCommands = false } = {}): Promise<Connection> {
  return mongoose
    .createConnection(uri, {
      autoIndex: false,
      autoCreate: false,
      writeConcern: { w: 'majority', journal: true },
      readConcernLevel: 'majority',
      serverSelectionTimeoutMS: 5_000,
      ignoreUndefined: false,
      monitorCommands,
    })
    .asPromise();
}

/** Options of every schema: own string ids, no silent drop of unknown paths, no hidden fields. */
export const SCHEMA_OPTIONS = {
  strict: 'throw',
  versionKey: false,
  autoIndex: false,
  minimize: false,
  id: false,
} as const;

/** MongoDB's answer to a second document with the same unique key. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11_000;
}
