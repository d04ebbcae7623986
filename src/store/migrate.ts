import type { Connection } from './connection.js';

/**
 * Creates the collections and indexes of every repository that was made on this connection. Repeatable;
 * drops nothing.
 */
export async function migrate(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}
