import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort.js';
import type { ExecutableOptions } from './ladder.js';
import { prepareNamespace, SEARCH_ATTRIBUTES } from '../../clients/prepareNamespace.js';
import type { RunningServer, ServerOptions } from './runningServer.js';
import { runServer } from './runServer.js';
import { temporalExecutable } from './temporalExecutable.js';

export interface TemporalOptions extends ServerOptions, ExecutableOptions {
  readonly namespace: string;
  /** Absent: no Web UI. 0, or taken by somebody else: a free one. */
  readonly uiPort?: number | undefined;
}

export interface RunningTemporal extends RunningServer {
  readonly uiUrl?: string;
}

/** Guards of a shared cluster, which a single machine hits long before its own limits. */
const DYNAMIC_CONFIG = {
  'frontend.enableServerVersionCheck': false,
  'frontend.rps': 100_000,
  'frontend.namespaceRPS': 100_000,
  'frontend.namespaceCount': 100_000,
  'history.rps': 100_000,
  'matching.rps': 100_000,
  'matching.persistenceMaxQPS': 100_000,
  // One process has nobody to share a task queue with: more partitions only forward tasks to each other.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/**
 * A real Temporal dev server, with the namespace and the search attributes of the product.
 *
 * @throws {LocalServerError} when there is no way to one, or it does not start.
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  if (options.given !== undefined) {
    const never = new Promise<string>(() => undefined);
    return { address: options.given, origin: 'given by TEMPORAL_ADDRESS', ended: never, stop: () => Promise.resolve() };
  }
  const { path, origin } = await temporalExecutable(options);
  const { namespace, onProgress } = options;
  const ui = options.uiPort === undefined ? undefined : await uiPort(options.uiPort, onProgress);
  const { process, port } = await runServer({
    title: 'Temporal',
    name: 'temporal',
    executable: path,
    dataDir: options.dataDir,
    port: options.port,
    onProgress,
    commandLine: (folder, onPort) => commandLine(folder, onPort, ui, options),
    beforeStart: removeUnfinished,
    async prepare(onPort, folder) {
      await prepareNamespace(`127.0.0.1:${onPort}`, namespace);
      if (options.dataDir !== undefined) writeFileSync(join(folder, READY), '');
    },
  });
  onProgress(`Temporal on 127.0.0.1:${port}${ui === undefined ? '' : `, Web UI on port ${ui}`}: ${origin}`);
  const address = `127.0.0.1:${port}`;
  const running = { address, origin, pid: process.pid, ended: process.ended, stop: () => process.stop() };
  return ui === undefined ? running : { ...running, uiUrl: `http://127.0.0.1:${ui}` };
}

const DATABASE = 'temporal.db';
/** Says that the database was once complete. */
const READY = 'temporal.ready';

function commandLine(folder: string, port: number, ui: number | undefined, { dataDir, namespace }: TemporalOptions) {
  const lasting = dataDir !== undefined;
  // Of a server in memory, the port is what no other process has.
  const file = lasting ? ['--db-filename', join(folder, DATABASE)] : [];
  const mark = [...file, '--ip', '127.0.0.1', '--port', ...(lasting ? [] : [String(port), '--namespace'])];
  const args = ['server', 'start-dev', ...file, '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace];
  args.push('--log-level', 'warn', ...(ui === undefined ? ['--headless'] : ['--ui-port', String(ui)]));
  args.push(...pragmas(lasting).flatMap((pragma) => ['--sqlite-pragma', pragma]));
  args.push(...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]));
  for (const [key, value] of Object.entries(DYNAMIC_CONFIG)) args.push('--dynamic-config-value', `${key}=${value}`);
  return { args, mark: mark.join(' ') };
}

/**
 * A killed process loses nothing with any setting: what SQLite wrote is in the hands of the operating system. With
 * a write-ahead log and `normal`, a power cut leaves the data whole but may take the last seconds; `full` would keep
 * these as well, at up to half the throughput, which the stack of a developer does not pay.
 */
function pragmas(lasting: boolean): string[] {
  return lasting ? ['journal_mode=wal', 'synchronous=normal'] : ['synchronous=off'];
}

/**
 * The server sets up its tables only where there is no file yet, so a first start that was killed half-way would
 * never work again. A file that never was ready has nothing of anybody's in it.
 */
function removeUnfinished(folder: string): void {
  if (existsSync(join(folder, READY))) return;
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(join(folder, `${DATABASE}${part}`), { force: true });
}

async function uiPort(wanted: number, onProgress: (line: string) => void): Promise<number> {
  const port = await freePort(wanted);
  if (wanted !== 0 && port !== wanted) onProgress(`port ${wanted} is taken: the Temporal Web UI is on port ${port}`);
  return port;
}
