import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../src/local/servers/freePort.js';
import { eventually } from '../support/eventually.js';
import { newOrder } from './support/brand.js';
import { HTTP_KEY, serveWorld, type Json } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

// The tutorial is followed as it is written, but that the packages of the example are those of the repository.
const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'examples/erp/README.md'), 'utf8');
const [makeKey = '', start = ''] = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
let erp: ChildProcess | undefined;
let port: number;
let key: string;
const data = join(mkdtempSync(join(tmpdir(), 'oms-erp-')), 'erp-data.jsonl');

beforeAll(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  api = await serveWorld(world);
  port = await freePort();
  key = (await shell(makeKey)).trim();
});

afterAll(async () => {
  erp?.kill('SIGKILL');
  await api.close();
  await world.close();
});

const environment = () => ({ PATH: process.env['PATH'], OMS_URL: api.url, OMS_KEY: HTTP_KEY });

/** Runs a block of the page and answers what it printed, `npx oms` being the sources. */
function shell(block: string): Promise<string> {
  const oms = `"${process.execPath}" "${join(root, 'test/support/typescript.cjs')}" "${join(root, 'src/cli/main.ts')}"`;
  const child = spawn('bash', ['-c', `set -e\nnpx() { shift; ${oms} "$@"; }\n${block}`], {
    cwd: root,
    env: environment(),
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (status) => (status === 0 ? resolve(said) : reject(new Error(`ended with ${status}`))));
  });
}

/** Starts the example as the page says, and resolves when it listens. */
async function startErp(): Promise<void> {
  const script = start.replace('http://localhost:8080', api.url).replace('node server.js', 'exec node server.js');
  const env = { ...environment(), ERP_KEY: key, ERP_PORT: String(port), ERP_DATA: data };
  const child = spawn('bash', ['-c', `set -e\nnpm() { :; }\n${script}`], { cwd: root, env });
  erp = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await eventually(() => Promise.resolve(said.includes(`listening on http://127.0.0.1:${port}/hooks`)), 'the ERP');
}

async function place(count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, () => newOrder());
  for (const { priority: _, ...order } of orders) expect((await api.call('POST', '/orders', order)).status).toBe(201);
  return orders.map(({ number }) => number);
}

const isShipped = async (number: string) =>
  (await api.call('GET', `/packages/${number}P1`)).body['state'] === 'shipped';

/** Ids of all events of orders and packages, from the log. */
async function logged(): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  for (;;) {
    const { body } = await api.call('GET', `/events?limit=200${after}`);
    const items = body['items'] as Json[];
    if (items.length === 0) return ids.sort();
    ids.push(...items.map(({ id }) => String(id)));
    after = `&after=${String(body['next'])}`;
  }
}

const kept = (): string[] =>
  readFileSync(data, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { event } = JSON.parse(line) as { event?: { id: string } };
      return event ? [event.id] : [];
    })
    .sort();

test('works packages off, is killed, misses orders, comes back, and has every event once', async () => {
  await startErp();
  const first = await place(4);
  await eventually(() => isShipped(first[0] ?? ''), 'the first package to be shipped');
  erp?.kill('SIGKILL');
  const second = await place(4);
  await eventually(async () => (await api.call('GET', `/packages/${second[3]}P1`)).status === 200, 'the last package');

  await startErp();

  for (const number of [...first, ...second]) {
    await eventually(() => isShipped(number), `${number}P1 to be shipped`);
    world.carrier.report(`${number}P1`, 'DELIVERED');
    await eventually(
      async () => (await api.call('GET', `/orders/${number}`)).body['state'] === 'completed',
      `${number} to complete`,
    );
  }
  await eventually(async () => kept().length === (await logged()).length, 'the ERP to know every event');
  expect(kept()).toEqual(await logged());
  expect(new Set(kept()).size).toBe(kept().length);
}, 180_000);

test('a parcel that no carrier opens a shipment for is shipped all the same', async () => {
  const { priority: _, ...order } = newOrder({ shippingOption: 'by hand' });
  expect((await api.call('POST', '/orders', order)).status).toBe(201);

  await eventually(() => isShipped(order.number), `${order.number}P1 to be shipped`);
});

test('refuses what is not signed', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/hooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'x',
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,x',
    },
    body: '{}',
  });

  expect(answer.status).toBe(401);
});
