import { rmSync } from 'node:fs';

import type { RunningServer } from '../../src/local/servers/runningServer.js';
import { startMongo } from '../../src/local/servers/startMongo.js';
import { eventually } from '../support/eventually.js';
import { dataFolder, mongoOptions } from '../support/serverOptions.js';
import { unique } from '../support/stack.js';
import { newOrder } from './support/brand.js';
import { serveWorld, type Json } from './support/serveWorld.js';
import { violationsOf } from './support/books.js';
import { openWorld, type World } from './support/world.js';

const ORDERS = 36;
const AT_ONCE = 12;
const TRY_AGAIN = '503, again in 5 s';
const COMMANDS = ['prepare', 'ready', 'pack', 'ship', 'deliver'] as const;

interface Answer {
  readonly status: number;
  readonly body: Json;
}

const folder = dataFolder();
let mongo: RunningServer;
let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
/** Every answer that was given, as `200` or `503, again in 5 s`. */
const answers: string[] = [];
let acknowledged = 0;

beforeAll(async () => {
  mongo = await startMongo({ ...mongoOptions(), dataDir: folder });
  world = await openWorld({ mongoUri: mongo.address });
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 10_000);
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
  await mongo.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** SIGKILL, some answers without it, and on the same data and port again. */
async function killMongo(): Promise<void> {
  const port = Number(new URL(mongo.address).port);
  if (mongo.pid !== undefined) process.kill(mongo.pid, 'SIGKILL');
  await mongo.ended;
  const before = answers.length;
  await eventually(() => Promise.resolve(answers.length > before), 'an answer without MongoDB');
  mongo = await startMongo({ ...mongoOptions(), dataDir: folder, port });
}

/** Asks until it is answered, as an integrator must: the key makes a repeat harmless. */
async function insist(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const key = { 'idempotency-key': unique('key') };
  return eventually(
    async () => {
      const answer = await api.call(method, path, body, key);
      const again = answer.headers.get('retry-after');
      answers.push(again === null ? String(answer.status) : `${answer.status}, again in ${again} s`);
      const isUndecided = answer.status === 503 || answer.body['type'] === '/problems/idempotency.in_progress';
      if (!isUndecided && method === 'POST') acknowledged++;
      return !isUndecided && { status: answer.status, body: answer.body };
    },
    `an answer to ${method} ${path}`,
    150_000,
  );
}

async function live(): Promise<string> {
  const order = newOrder();
  const { priority: _, ...intake } = order;
  expect(await insist('POST', '/orders', intake)).toMatchObject({ status: 201 });
  const parcel = `/packages/${order.number}P1`;
  await eventually(async () => (await insist('GET', parcel)).status === 200, parcel, 150_000);
  for (const command of COMMANDS) {
    // A carrier that was asked in a bad moment is asked again, and the label is waited for.
    if (command === 'ship')
      await eventually(async () => (await insist('GET', parcel)).body['state'] === 'packed', `${parcel} packed`);
    const answer = await insist('POST', `${parcel}/commands`, { command });
    expect([command, answer.status, answer.body['detail']]).toEqual([command, 200, undefined]);
  }
  return order.number;
}

test('MongoDB killed twice under load: 503 meanwhile, and every order completes, each command with one effect', async () => {
  const numbers: string[] = [];
  let left = ORDERS;
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) numbers.push(await live());
  });
  for (const progress of [ORDERS, ORDERS * 3]) {
    await eventually(() => Promise.resolve(acknowledged >= progress), `${progress} acknowledged`, 150_000);
    await killMongo();
  }
  await Promise.all(lanes);

  expect(numbers).toHaveLength(ORDERS);
  for (const number of numbers) {
    await world.orderIn(number, 'completed');
    await world.closed(`order/${number}`);
    const { items } = await world.records.audit.list({ subject: `package/${number}P1`, limit: 50 });
    const carriedOut = items.filter(({ outcome, by }) => outcome === 'accepted' && by !== 'oms');
    expect(carriedOut.map(({ command }) => command).sort()).toEqual([...COMMANDS].sort());
  }
  expect(answers).toContain(TRY_AGAIN);
  expect(answers.filter((answer) => !['200', '201', '404', '409', TRY_AGAIN].includes(answer))).toEqual([]);
  expect(await violationsOf(world, 20_000)).toEqual([]);
}, 600_000);
