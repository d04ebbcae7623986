import { writeFile } from 'node:fs/promises';

import { Listr, type ListrTask } from 'listr2';

import type { Listening } from '../../api/listen.js';
import { cacheDirectory } from '../../local/servers/cacheDirectory.js';
import type { RunningServer } from '../../local/servers/runningServer.js';
import { startMongo } from '../../local/servers/startMongo.js';
import { startTemporal, type RunningTemporal } from '../../local/servers/startTemporal.js';
import { accessFile } from '../apiClient.js';
import { prepareServers } from '../commands/migrate.js';
import { openRuntime, type Runtime } from '../runtime.js';
import { startApi } from '../startApi.js';
import { serveMetrics } from '../serveMetrics.js';
import { startWork } from '../startWork.js';
import type { DevConfig } from './devDefaults.js';
import { startDemo, type Demo } from './demo.js';
import { devLog } from './devLog.js';
import type { Undo } from './undo.js';

/** Everything that is up. */
export interface Up {
  readonly config: DevConfig;
  readonly mongo: RunningServer;
  readonly temporal: RunningTemporal;
  readonly api: Listening;
  readonly demo: Demo | null;
  /** Resolves, with the reason, when a server of ours ends by itself. */
  readonly serverEnded: Promise<string>;
}

interface Stage {
  mongo?: RunningServer;
  temporal?: RunningTemporal;
  runtime?: Runtime;
  api?: Listening;
  demo?: Demo | null;
}

/** Starts one thing after the other and shows how far it is. What was started is added to `undo`. */
export async function bringUp(config: DevConfig, undo: Undo): Promise<Up> {
  const stage: Stage = {};
  const tasks = new Listr<Stage>(
    [
      { title: 'Servers', task: (_, task) => task.newListr(servers(config, undo), { concurrent: true }) },
      { title: 'Indexes and search attributes', task: (up) => prepare(up, config, undo) },
      { title: 'API', task: (up) => serve(up, config, undo) },
      { title: 'Worker', task: (up) => work(up, undo) },
      {
        title: 'Simulators and the demonstration brand',
        enabled: config.OMS_DEMO === 'on',
        task: (up, task) => demonstrate(up, config, undo, (line) => (task.output = line)),
      },
    ],
    { fallbackRenderer: 'simple', registerSignalListeners: false, rendererOptions: { collapseSubtasks: false } },
  );
  await tasks.run(stage);
  const { mongo, temporal, api, demo = null } = stage;
  if (!mongo || !temporal || !api) throw new Error('Not everything came up');
  return { config, mongo, temporal, api, demo, serverEnded: Promise.race([mongo.ended, temporal.ended]) };
}

function servers(config: DevConfig, undo: Undo): ListrTask<Stage>[] {
  const { OMS_DATA_DIR: dataDir, PATH: searchPath, TEMPORAL_NAMESPACE: namespace } = config;
  const common = { dataDir, searchPath, cacheDir: cacheDirectory(config.XDG_CACHE_HOME) };
  return [
    {
      title: 'MongoDB',
      task: async (up, task) => {
        const onProgress = (line: string) => void (task.output = line);
        const mongo = await startMongo({
          ...common,
          given: config.MONGODB_URI,
          executable: config.OMS_MONGOD_BIN,
          onProgress,
        });
        up.mongo = mongo;
        await undo.add('MongoDB', () => mongo.stop());
        task.title = `MongoDB: ${mongo.origin}`;
      },
    },
    {
      title: 'Temporal',
      task: async (up, task) => {
        const onProgress = (line: string) => void (task.output = line);
        const temporal = await startTemporal({
          ...common,
          given: config.TEMPORAL_ADDRESS,
          executable: config.OMS_TEMPORAL_BIN,
          namespace,
          uiPort: config.TEMPORAL_UI_PORT,
          onProgress,
        });
        up.temporal = temporal;
        await undo.add('Temporal', () => temporal.stop());
        task.title = `Temporal: ${temporal.origin}`;
      },
    },
  ];
}

async function prepare(up: Stage, config: DevConfig, undo: Undo): Promise<void> {
  const runtime = await openRuntime(config, addressesOf(up), devLog(config));
  up.runtime = runtime;
  await undo.add('connections', () => runtime.close());
  await prepareServers(runtime);
}

const addressesOf = ({ mongo, temporal }: Stage) => {
  return { mongoUri: mongo?.address ?? '', temporalAddress: temporal?.address ?? '' };
};

async function serve(up: Stage, config: DevConfig, undo: Undo): Promise<void> {
  const api = await startApi(runtimeOf(up), 'dev');
  up.api = api;
  await undo.add('API', () => api.close());
  // Readable by this user only: the key may do everything.
  const access = { url: api.url, key: config.OMS_BOOTSTRAP_KEY, ...addressesOf(up) };
  await writeFile(accessFile(config.OMS_DATA_DIR), JSON.stringify(access), { mode: 0o600 });
}

async function work(up: Stage, undo: Undo): Promise<void> {
  const runtime = runtimeOf(up);
  const running = await startWork(runtime);
  await undo.add('worker', () => running.stop());
  const metrics = await serveMetrics(runtime);
  await undo.add('metrics', () => metrics.close());
}

async function demonstrate(
  up: Stage,
  config: DevConfig,
  undo: Undo,
  onProgress: (line: string) => void,
): Promise<void> {
  const demo = await startDemo({
    url: up.api?.url ?? '',
    key: config.OMS_BOOTSTRAP_KEY,
    dataDir: config.OMS_DATA_DIR,
    onProgress,
  });
  up.demo = demo;
  await undo.add('simulators', () => demo.stop());
}

function runtimeOf({ runtime }: Stage): Runtime {
  if (!runtime) throw new Error('The servers were not prepared');
  return runtime;
}
