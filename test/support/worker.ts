import { openRuntime, addressesOf } from '../../src/cli/runtime.js';
import { startWork } from '../../src/cli/startWork.js';
import { untilStopped } from '../../src/cli/untilStopped.js';
import { readConfig } from '../../src/platform/config.js';

/** `oms worker` with workflows that are bundled already: `node typescript.cjs worker.ts <bundle>`. Says when it works. */
async function main(codePath: string): Promise<void> {
  const config = readConfig();
  const runtime = await openRuntime(config, addressesOf(config));
  const work = await startWork(runtime, { codePath });
  process.stdout.write('working\n');
  await untilStopped(async () => {
    await work.stop();
    await runtime.close();
  }, work.ended);
}

void main(process.argv[2] ?? '');
