import type { Config } from '../../platform/config.js';
import { addressesOf, openRuntime } from '../runtime.js';
import { serveMetrics } from '../serveMetrics.js';
import { untilStopped } from '../untilStopped.js';
import { startWork } from '../startWork.js';

/** `oms worker`: runs workflows and activities until it is told to stop. */
export async function runWorker(config: Config): Promise<void> {
  const runtime = await openRuntime(config, addressesOf(config));
  const work = await startWork(runtime);
  const metrics = await serveMetrics(runtime);
  runtime.log.info({ taskQueue: work.taskQueue }, 'worker started');
  await untilStopped(async () => {
    await metrics.close();
    await work.stop();
    await runtime.close();
    runtime.log.info('worker stopped');
  }, work.ended);
}
