import type { Config } from '../../platform/config.js';
import { addressesOf, openRuntime } from '../runtime.js';
import { startApi } from '../startApi.js';
import { untilStopped } from '../untilStopped.js';

/** `oms api`: serves the API until it is told to stop. */
export async function runApi(config: Config): Promise<void> {
  const runtime = await openRuntime(config, addressesOf(config));
  const api = await startApi(runtime, 'live');
  runtime.log.info({ url: api.url }, 'API started');
  await untilStopped(async () => {
    await api.close();
    await runtime.close();
    runtime.log.info('API stopped');
  });
}
