import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutableOptions } from './ladder.js';
import { mongodExecutable } from './mongodExecutable.js';
import { ensureReplicaSet } from './replicaSet.js';
import type { RunningServer, ServerOptions } from './runningServer.js';
import { runServer } from './runServer.js';

export interface MongoOptions extends ServerOptions, ExecutableOptions {
  /** The database that the address names; `oms` when absent. */
  readonly database?: string | undefined;
}

const REPLICA_SET = 'oms';

const ARGUMENTS = [
  ...['--replSet', REPLICA_SET, '--bind_ip', '127.0.0.1', '--nounixsocket', '--quiet'],
  // The defaults are half the memory of the machine, and five hundredths of its disk.
  ...['--wiredTigerCacheSizeGB', '0.5', '--oplogSize', '512'],
  // There is no other member that the stop could wait for.
  ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
  ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
];

/**
 * A real MongoDB: a replica set of one, writes acknowledged when they are in the journal.
 *
 * @throws {LocalServerError} when there is no way to one, or it does not start.
 */
export async function startMongo(options: MongoOptions): Promise<RunningServer> {
  if (options.given !== undefined) {
    const never = new Promise<string>(() => undefined);
    return { address: options.given, origin: 'given by MONGODB_URI', ended: never, stop: () => Promise.resolve() };
  }
  const { path, origin } = await mongodExecutable(options);
  const { process, port } = await runServer({
    title: 'MongoDB',
    name: 'mongod',
    executable: path,
    dataDir: options.dataDir,
    port: options.port,
    onProgress: options.onProgress,
    commandLine(folder, onPort) {
      const mark = ['--dbpath', join(folder, 'data'), '--port'];
      return { args: [...mark, String(onPort), ...ARGUMENTS], mark: mark.join(' ') };
    },
    beforeStart: (folder) => void mkdirSync(join(folder, 'data'), { recursive: true }),
    prepare: (onPort) => ensureReplicaSet(REPLICA_SET, onPort),
  });
  // A direct connection asks nobody for the members: the set has one, and its name is of no interest.
  const address = `mongodb://127.0.0.1:${port}/${options.database ?? 'oms'}?directConnection=true&w=majority&journal=true`;
  options.onProgress(`MongoDB on 127.0.0.1:${port}: ${origin}`);
  return { address, origin, pid: process.pid, ended: process.ended, stop: () => process.stop() };
}
