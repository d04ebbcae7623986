import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { mongodExecutable } from '../../../src/local/servers/mongodExecutable.js';
import { commandLineOf } from '../../../src/local/servers/processTable.js';
import type { RunningServer } from '../../../src/local/servers/runningServer.js';
import { startMongo } from '../../../src/local/servers/startMongo.js';
import { dataFolder, mongoOptions } from '../../support/serverOptions.js';
import { freshDatabase } from '../../support/stack.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

const started: RunningServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir?: string): Promise<RunningServer> {
  const server = await startMongo({ ...mongoOptions(), dataDir });
  started.push(server);
  return server;
}

function folder(): string {
  const path = dataFolder();
  folders.push(path);
  return path;
}

async function within<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(uri);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

test('it is a replica set of one, whose writes wait for the journal', async () => {
  await within(freshDatabase(), async (client) => {
    const admin = client.db('admin');

    const { config } = await admin.command({ replSetGetConfig: 1 });
    const defaults = await admin.command({ getDefaultRWConcern: 1 });
    const { parsed } = await admin.command({ getCmdLineOpts: 1 });

    expect(config).toMatchObject({ _id: 'oms', writeConcernMajorityJournalDefault: true, members: [{ _id: 0 }] });
    expect(defaults['defaultWriteConcern']).toMatchObject({ w: 'majority', j: true });
    expect(parsed.net).toMatchObject({ bindIp: '127.0.0.1' });
    expect(client.options.writeConcern).toMatchObject({ w: 'majority', journal: true });
  });
});

test('it has transactions', async () => {
  await within(freshDatabase(), async (client) => {
    await client.db().createCollection('things');

    await client.withSession((session) =>
      session.withTransaction(() => client.db().collection('things').insertOne({ a: 1 }, { session })),
    );

    expect(await client.db().collection('things').countDocuments()).toBe(1);
  });
});

test('a given address is used as it is, and nothing is started', async () => {
  const given = 'mongodb://db.example/shop';

  const server = await startMongo({ ...mongoOptions(), given });
  await server.stop();

  expect(server).toMatchObject({ address: given, origin: 'given by MONGODB_URI' });
  expect(server.pid).toBeUndefined();
});

test('without a data folder nothing is left when it stops', async () => {
  const server = await start();
  const { dbPath } = await within(server.address, async (client) => {
    const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 });
    return parsed.storage as { dbPath: string };
  });
  expect(existsSync(dbPath)).toBe(true);

  await server.stop();

  expect(existsSync(dirname(dbPath))).toBe(false);
  expect(await server.ended).toBe('mongod ended with SIGKILL');
});

test('data survive a stop and a start, on another port', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  await within(first.address, (client) => client.db().collection<{ _id: string }>('things').insertOne({ _id: 'a' }));
  await first.stop();

  const second = await start(dataDir);

  expect(new URL(second.address).port).not.toBe(new URL(first.address).port);
  expect(await first.ended).toBe('mongod ended with exit code 0');
  expect(await within(second.address, (client) => client.db().collection('things').countDocuments())).toBe(1);
});

test('no write that was acknowledged is lost when mongod is killed under load', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const acknowledged: string[] = [];
  const writer = async (client: MongoClient, name: number) => {
    for (let n = 0; ; n += 1) {
      const _id = `${name}-${n}`;
      await client.db().collection<{ _id: string }>('things').insertOne({ _id });
      acknowledged.push(_id);
    }
  };
  const client = await MongoClient.connect(first.address, { retryWrites: false, serverSelectionTimeoutMS: 500 });
  const writers = Promise.allSettled(Array.from({ length: 16 }, (_, name) => writer(client, name)));
  await until('a thousand writes are acknowledged', () => acknowledged.length > 1_000, 30_000);

  process.kill(first.pid ?? 0, 'SIGKILL');
  await writers;
  await client.close();

  expect(await first.ended).toBe('mongod ended with SIGKILL');
  const second = await start(dataDir);
  const kept = await within(second.address, (again) =>
    again.db().collection<{ _id: string }>('things').distinct('_id'),
  );
  const lost = acknowledged.filter((id) => !new Set(kept).has(id));
  expect(lost).toEqual([]);
});

test('a second start on data in use is refused, and says by whom they are used', async () => {
  const dataDir = folder();
  const first = await start(dataDir);

  await expect(start(dataDir)).rejects.toThrow(
    `MongoDB already runs on this data (pid ${first.pid}), started by process ${process.pid}: stop that first`,
  );
});

test('a mongod that was left behind is taken over by the next start', async () => {
  const dataDir = folder();
  await (await start(dataDir)).stop();
  // As it is after the starter and its watch were killed: a mongod runs, and the pid file names a dead starter.
  const { path } = await mongodExecutable(mongoOptions());
  const data = join(dataDir, 'mongod', 'data');
  const orphan = spawn(path, ['--dbpath', data, '--port', '0', '--bind_ip', '127.0.0.1', '--nounixsocket'], {
    stdio: 'ignore',
  });
  await once(orphan, 'spawn');
  await until('the orphan holds the data', () => existsSync(join(data, 'mongod.lock')));
  writeFileSync(join(dataDir, 'mongod', 'mongod.pid'), `${orphan.pid}\n4194303 gone\n`);

  const next = await start(dataDir);

  expect(next.pid).not.toBe(orphan.pid);
  expect(commandLineOf(orphan.pid ?? 0)).toBe('');
});

test('a port that is taken is told, also when a MongoDB is what listens there', async () => {
  const first = await start();
  const port = Number(new URL(first.address).port);

  const second = startMongo({ ...mongoOptions(), port });

  await expect(second).rejects.toThrow(`MongoDB cannot use port ${port}: it is taken`);
});

test('the last words of a server that does not come up are told, and nothing is left of it', async () => {
  const bin = join(folder(), 'mongod');
  writeFileSync(
    bin,
    '#!/bin/sh\n[ "$1" = --version ] && echo "db version v6.0.1" && exit\necho no disk for $2; exit 9\n',
  );
  chmodSync(bin, 0o755);

  const problem = await startMongo({ ...mongoOptions(), executable: bin }).then(() => 'none', String);

  expect(problem).toMatch(/MongoDB on port \d+ did not start: mongod ended with exit code 9\nno disk for \//);
  expect(existsSync(dirname(problem.split('no disk for ')[1] ?? ''))).toBe(false);
});

test('data that cannot be used are told, with the reason from the log', async () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, 'mongod', 'data'), { recursive: true });
  writeFileSync(join(dataDir, 'mongod', 'data', 'WiredTiger'), 'rubbish');
  writeFileSync(join(dataDir, 'mongod', 'data', 'WiredTiger.turtle'), 'rubbish');

  await expect(start(dataDir)).rejects.toThrow(/MongoDB on port \d+ did not start: mongod ended with/);
});
