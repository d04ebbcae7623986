import { createServer } from 'node:http';

import type { Config } from '../../platform/config.js';
import { addressesOf, openRuntime } from '../runtime.js';
import { untilStopped } from '../untilStopped.js';
import { startWork } from '../startWork.js';

/** `oms worker`: runs workflows and activities until it is told to stop. */
export async function runWorker(config: Config): Promise<void> {
  const runtime = await openRuntime(config, addressesOf(config));
  const work = await startWork(runtime);
  const health = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? 200 : 404).end(request.url === '/healthz' ? 'ok\n' : '');
  }).listen(config.OMS_METRICS_PORT, config.OMS_HOST);
  runtime.log.info({ taskQueue: work.taskQueue }, 'worker started');
  await untilStopped(async () => {
    health.close();
    await work.stop();
    await runtime.close();
    runtime.log.info('worker stopped');
  }, work.ended);
}
