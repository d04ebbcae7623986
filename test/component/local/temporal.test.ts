import { Client, Connection } from '@temporalio/client';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTemporal, type RunningTemporal, type TemporalOptions } from '../../../src/local/servers/startTemporal.js';
import { dataFolder, temporalOptions } from '../../support/serverOptions.js';
import { stack, unique } from '../../support/stack.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

const started: RunningTemporal[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<TemporalOptions> = {}): Promise<RunningTemporal> {
  const server = await startTemporal({ ...temporalOptions(), ...options });
  started.push(server);
  return server;
}

function folder(): string {
  const path = dataFolder();
  folders.push(path);
  return path;
}

async function within<T>(address: string, namespace: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

/** Starts a workflow that nobody works on: it is only to be kept. */
const begin = (client: Client, workflowId: string) =>
  client.workflow.start('nobodyWorks', { workflowId, taskQueue: 'nobody' });

test('the namespace can be used and has the search attributes', async () => {
  await within(stack.temporalAddress, stack.temporalNamespace, async (client) => {
    const { namespace } = client.options;
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });

    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(['OmsOrder', 'OmsState', 'OmsLocation', 'OmsChannel']),
    );
    await begin(client, unique('workflow'));
  });
});

test('a given address is used as it is, and nothing is started', async () => {
  const server = await start({ given: 'temporal.example:7233' });

  expect(server).toMatchObject({ address: 'temporal.example:7233', origin: 'given by TEMPORAL_ADDRESS' });
  expect(server.pid).toBeUndefined();
});

test('the Web UI answers', async () => {
  const { uiUrl = '' } = await start({ uiPort: 0 });

  await until('the Web UI answers', async () => (await fetch(uiUrl).catch(() => undefined))?.status === 200);
});

test('a port of the Web UI that is taken is replaced, and the log says so', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const told: string[] = [];

  const { uiUrl } = await start({ uiPort: port, onProgress: (line) => void told.push(line) });

  expect(told).toContainEqual(expect.stringMatching(`^port ${port} is taken: the Temporal Web UI is on port`));
  expect(uiUrl).not.toContain(`:${port}`);
  other.close();
});

test('workflows survive a stop and a start, on another port', async () => {
  const dataDir = folder();
  const first = await start({ dataDir });
  await within(first.address, 'oms', (client) => begin(client, 'kept'));
  await first.stop();

  const second = await start({ dataDir });

  const { status } = await within(second.address, 'oms', (client) => client.workflow.getHandle('kept').describe());
  expect(second.address).not.toBe(first.address);
  expect(status.name).toBe('RUNNING');
});

test('no workflow that was acknowledged is lost when the server is killed under load', async () => {
  const dataDir = folder();
  const first = await start({ dataDir });
  const acknowledged: string[] = [];
  const starter = async (client: Client, name: number) => {
    for (let n = 0; ; n += 1) {
      const { workflowId } = await begin(client, `${name}-${n}`);
      acknowledged.push(workflowId);
    }
  };
  // Without interceptors there are no retries, which would go on long after the kill.
  const connection = await Connection.connect({ address: first.address, interceptors: [] });
  const client = new Client({ connection, namespace: 'oms' });
  const starters = Promise.allSettled(Array.from({ length: 8 }, (_, name) => starter(client, name)));
  await until('a hundred workflows are acknowledged', () => acknowledged.length > 100, 30_000);

  process.kill(first.pid ?? 0, 'SIGKILL');
  await starters;
  await connection.close();

  const second = await start({ dataDir });
  await within(second.address, 'oms', async (again) => {
    for (const id of acknowledged) await expect(again.workflow.getHandle(id).describe()).resolves.toBeDefined();
  });
});

test('a first start that was killed before the database was whole does not spoil the next', async () => {
  const dataDir = folder();
  await (await start({ dataDir })).stop();
  unlinkSync(join(dataDir, 'temporal', 'temporal.ready'));
  writeFileSync(join(dataDir, 'temporal', 'temporal.db'), '');
  for (const part of ['wal', 'shm']) rmSync(join(dataDir, 'temporal', `temporal.db-${part}`), { force: true });

  const second = await start({ dataDir });

  await within(second.address, 'oms', (client) => begin(client, 'works'));
});
