import type { Config } from '../../platform/config.js';
import { migrate } from '../../store/migrate.js';
import { addressesOf, openRuntime, type Runtime } from '../runtime.js';

/** `oms migrate`: everything that the servers need before the first process starts. Repeatable. */
export async function runMigrate(config: Config): Promise<void> {
  const runtime = await openRuntime(config, addressesOf(config));
  try {
    await prepareServers(runtime);
    runtime.log.info('indexes and search attributes are in place');
  } finally {
    await runtime.close();
  }
}

/** Builds the indexes in MongoDB and registers the search attributes with Temporal. */
export async function prepareServers({ database, prepareTemporal }: Runtime): Promise<void> {
  await migrate(database);
  await prepareTemporal();
}
