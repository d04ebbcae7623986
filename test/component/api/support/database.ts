import { connectStore, type Connection } from '../../../../src/store/connection.js';
import { freshDatabase } from '../../../support/stack.js';

/** A database of its own for the tests of a file. */
export function useDatabase(): () => Connection {
  let connection: Connection | undefined;

  beforeAll(async () => {
    connection = await connectStore(freshDatabase());
  });

  afterAll(async () => {
    await connection?.close();
  });

  return () => {
    if (!connection) throw new Error('The database is there once the tests run');
    return connection;
  };
}
