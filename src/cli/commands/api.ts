import type { Config } from '../../platform/config.js';
import { addressesOf, openRuntime } from '../runtime.js';
import { serveMetrics } from '../serveMetrics.js';
import { startApi } from '../startApi.js';
import { untilStopped } from '../untilStopped.js';

/** `oms api`: serves the API until it is told to stop. */
export async function runApi(config: Config): Promise<void> {
  const runtime = await openRuntime(config, addressesOf(config));
  const api = await startApi(runtime, 'live');
  const metrics = await serveMetrics(runtime);
  runtime.log.info({ url: api.url }, 'API started');
  await untilStopped(async () => {
    await metrics.close();
    await api.close();
    await runtime.close();
    runtime.log.info('API stopped');
  });
}
