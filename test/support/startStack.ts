import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cacheDirectory } from '../../src/local/servers/cacheDirectory.js';
import { startMongo } from '../../src/local/servers/startMongo.js';
import { startTemporal } from '../../src/local/servers/startTemporal.js';
import { timeSkippingExecutable } from '../../src/local/servers/timeSkippingExecutable.js';
import { readConfig } from '../../src/platform/config.js';
import { running } from './running.js';

const WORKFLOWS = resolve(import.meta.dirname, '../../src/workflows/index.ts');

/** Starts all servers at the same time and tells the tests where they are, by variables of the environment. */
export async function startStack(): Promise<void> {
  const config = readConfig();
  const common = {
    cacheDir: cacheDirectory(config.XDG_CACHE_HOME),
    searchPath: config.PATH,
    onProgress: (line: string) => console.log(line),
  };
  const namespace = config.TEMPORAL_NAMESPACE;
  const temporal = { ...common, given: config.TEMPORAL_ADDRESS, executable: config.OMS_TEMPORAL_BIN, namespace };
  const mongo = { ...common, given: config.MONGODB_URI, executable: config.OMS_MONGOD_BIN };
  const testServer = { ...common, executable: config.OMS_TEMPORAL_TEST_SERVER_BIN };

  await all([
    timed(
      'temporal',
      () => startTemporal(temporal),
      (server) => {
        running.push(server);
        process.env['OMS_TEST_TEMPORAL_ADDRESS'] = server.address;
        process.env['OMS_TEST_TEMPORAL_NAMESPACE'] = namespace;
      },
    ),
    timed(
      'mongodb',
      () => startMongo(mongo),
      (server) => {
        running.push(server);
        process.env['OMS_TEST_MONGODB_URI'] = server.address;
      },
    ),
    timed(
      'temporal-test-server',
      () => timeSkippingExecutable(testServer),
      ({ path }) => {
        process.env['OMS_TEST_TIME_SKIPPING_BIN'] = path;
      },
    ).catch((error: unknown) => {
      // Needed by few tests, which then fail with this reason.
      process.env['OMS_TEST_TIME_SKIPPING_PROBLEM'] = String(error);
    }),
    timed('workflow bundle', bundle, (file) => {
      if (file !== undefined) process.env['OMS_TEST_WORKFLOW_BUNDLE'] = file;
    }),
  ]);
  // Two runs on one given MongoDB must not meet.
  process.env['OMS_TEST_RUN'] = randomBytes(4).toString('hex');
}

async function timed<T extends { origin?: string } | string | undefined>(
  what: string,
  get: () => Promise<T>,
  keep: (got: T) => void,
): Promise<void> {
  const started = performance.now();
  const got = await get();
  keep(got);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${what}: ${seconds} s${typeof got === 'object' ? `, ${got.origin ?? ''}` : ''}`);
}

/** Waits for all, also when one fails: a server that starts late would not be stopped. */
async function all(tasks: readonly Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(tasks)).find((outcome) => outcome.status === 'rejected');
  if (failure === undefined) return;
  await Promise.all(running.map((server) => server.stop()));
  throw failure.reason;
}

/** Bundling takes a second or two, so it is done once for all test files. */
async function bundle(): Promise<string | undefined> {
  if (!existsSync(WORKFLOWS)) return undefined;
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: new DefaultLogger('WARN') });
  const file = join(mkdtempSync(join(tmpdir(), 'oms-workflows-')), 'workflows.js');
  writeFileSync(file, code);
  return file;
}
