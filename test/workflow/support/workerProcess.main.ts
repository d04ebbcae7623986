import { addressesOf, openRuntime } from '../../../src/cli/runtime.js';
import { startWork } from '../../../src/cli/startWork.js';
import { readConfig } from '../../../src/platform/config.js';

/** `oms worker` for tests: it is warm first, and works when it is told for which task queue. */
async function main(codePath: string): Promise<void> {
  const config = readConfig();
  const runtime = await openRuntime(config, addressesOf(config));
  process.stdin.once('data', (queue) => void startWork(runtime, { codePath }, String(queue)));
}

void main(process.argv[2] ?? '');
