import { Client, Connection } from '@temporalio/client';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { commandLineOf } from '../../../src/local/servers/processTable.js';
import { startMongo } from '../../../src/local/servers/startMongo.js';
import { startTemporal } from '../../../src/local/servers/startTemporal.js';
import { spawnNode } from '../../support/runNode.js';
import { dataFolder, mongoOptions, temporalOptions } from '../../support/serverOptions.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

interface Told {
  readonly address: string;
  readonly pid: number;
}

let dataDir: string;
let starter: ChildProcess;
let mongo: Told;
let temporal: Told;

beforeEach(async () => {
  dataDir = dataFolder();
  starter = spawnNode('test/component/local/startBoth.ts', [dataDir]);
  const [line] = (await once(starter.stdout ?? starter, 'data')) as [Buffer];
  [mongo, temporal] = JSON.parse(line.toString()) as [Told, Told];
});
const bothGone = () => commandLineOf(mongo.pid) === '' && commandLineOf(temporal.pid) === '';

afterEach(async () => {
  starter.kill('SIGKILL');
  // A server that is still ending writes into its folder while it is deleted.
  await until('both servers are gone', bothGone);
  rmSync(dataDir, { recursive: true, force: true });
});

test('both servers end when their starter is killed', async () => {
  starter.kill('SIGKILL');

  await until('both servers are gone', bothGone);
});

test('they end also when somebody deleted their data meanwhile', async () => {
  rmSync(dataDir, { recursive: true });

  starter.kill('SIGKILL');

  await until('both servers are gone', bothGone);
});

test('the next start, at once, finds the data of a starter that was killed', async () => {
  const client = await MongoClient.connect(mongo.address);
  await client.db().collection<{ _id: string }>('things').insertOne({ _id: 'a' });
  await client.close();
  const connection = await Connection.connect({ address: temporal.address });
  await new Client({ connection, namespace: 'oms' }).workflow.start('nobody', {
    workflowId: 'kept',
    taskQueue: 'none',
  });
  await connection.close();
  starter.kill('SIGKILL');

  const nextMongo = await startMongo({ ...mongoOptions(), dataDir });
  const nextTemporal = await startTemporal({ ...temporalOptions(), dataDir });

  expect(bothGone()).toBe(true);
  const again = await MongoClient.connect(nextMongo.address);
  expect(await again.db().collection('things').countDocuments()).toBe(1);
  await again.close();
  const reconnected = await Connection.connect({ address: nextTemporal.address });
  const { status } = await new Client({ connection: reconnected, namespace: 'oms' }).workflow
    .getHandle('kept')
    .describe();
  expect(status.name).toBe('RUNNING');
  await reconnected.close();
  await Promise.all([nextMongo.stop(), nextTemporal.stop()]);
});

test('an interrupt in the terminal, which goes to the whole process group, leaves the servers to their starter', async () => {
  const told = once(starter.stdout ?? starter, 'data');

  process.kill(-(starter.pid ?? 0), 'SIGINT');

  expect(String((await told)[0])).toBe('interrupted\n');
  const client = await MongoClient.connect(mongo.address);
  expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  await client.close();
  expect(commandLineOf(temporal.pid)).not.toBe('');
});
