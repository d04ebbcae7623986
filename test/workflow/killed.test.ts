import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';

import { Client, Connection as TemporalConnection } from '@temporalio/client';

import type { Order } from '../../src/domain/order/order.js';
import { lineQuantities } from '../../src/domain/order/quantities.js';
import { createConfigurationStore } from '../../src/store/configuration.js';
import { connectStore, type Connection } from '../../src/store/connection.js';
import { migrate } from '../../src/store/migrate.js';
import { createRecordStore, type RecordStore } from '../../src/store/store.js';
import { TASK_QUEUE } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { spawnProgram } from '../support/spawnProgram.js';
import { freshDatabase, stack } from '../support/stack.js';
import { newOrder, SECRET, setUpBrand, subscribe } from './support/brand.js';
import {
  startCarrierService,
  startReceiver,
  startStockService,
  type CarrierService,
  type Receiver,
  type StockService,
} from './support/outside.js';

const KEY = `oms_test_killed_${'k'.repeat(40)}`;
/** Every one costs the ten seconds after which Temporal gives a task to somebody else. */
const KILLS = 3;
const PORT = 20_000 + Math.floor(Math.random() * 20_000);

let database: Connection;
let records: RecordStore;
let stock: StockService;
let carrier: CarrierService;
let receiver: Receiver;
let uri: string;
const processes = new Map<'api' | 'worker', ChildProcess>();

/** A process of the product as it runs in production, but for its sources. */
function start(name: 'api' | 'worker'): void {
  const environment = { OMS_BOOTSTRAP_KEY: KEY, OMS_PORT: String(PORT), OMS_METRICS_PORT: '0' };
  processes.set(name, spawnProgram(['src/cli/main.ts', name], uri, environment));
}

async function end(name: 'api' | 'worker', signal: NodeJS.Signals): Promise<void> {
  const child = processes.get(name);
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

/** Sends until it is answered, as an integrator must: the key makes a repeat harmless. */
async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = {
    authorization: `Bearer ${KEY}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  };
  return eventually(
    async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${PORT}/v1${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        });
        const isUndecided =
          response.status === 503 ||
          (response.status === 409 && (await response.clone().text()).includes('idempotency.in_progress'));
        return !isUndecided && { status: response.status, body: (await response.json()) as Record<string, unknown> };
      } catch {
        return null;
      }
    },
    `an answer to POST ${path}`,
    120_000,
  );
}

beforeAll(async () => {
  uri = freshDatabase();
  [stock, carrier, receiver] = await Promise.all([startStockService(), startCarrierService(), startReceiver()]);
  for (const sku of ['A', 'B']) stock.table.set(`S1|${sku}`, 10_000);
  receiver.secret = SECRET;
  database = await connectStore(uri);
  records = createRecordStore(database);
  const configuration = createConfigurationStore(database);
  await migrate(database);
  await setUpBrand(configuration, { stockUrl: stock.url, carrierUrl: carrier.url });
  await subscribe(configuration, receiver.url, { ordering: 'per_subject' });
  start('api');
  start('worker');
}, 60_000);

afterAll(async () => {
  await Promise.all([end('api', 'SIGKILL'), end('worker', 'SIGKILL')]);
  await endWhatNobodyWorksOff();
  await database.close();
  await Promise.all([stock.close(), carrier.close(), receiver.close()]);
});

/** The task queue of production is shared: `oms verify` of another test would ask what is left here in vain. */
async function endWhatNobodyWorksOff(): Promise<void> {
  const connection = await TemporalConnection.connect({ address: stack.temporalAddress });
  const { workflow } = new Client({ connection, namespace: stack.temporalNamespace });
  const query = `TaskQueue = '${TASK_QUEUE}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of workflow.list({ query })) {
    await workflow.getHandle(workflowId).terminate('its workers are gone');
  }
  await connection.close();
}

test('API and worker killed again and again in mid-order: every order completes, nothing lost, nothing doubled', async () => {
  const orders: Order[] = [];
  let isKilling = true;
  const lanes = Array.from({ length: 3 }, async () => {
    while (isKilling) {
      const order = newOrder();
      orders.push(order);
      await runOrder(order);
    }
  });

  for (let kill = 0; kill < KILLS; kill++) {
    const before = receiver.requests;
    // Not by the clock: something must have happened since the last kill.
    await eventually(() => Promise.resolve(receiver.requests > before + 3), 'some progress', 120_000);
    const victim = kill % 3 === 2 ? 'api' : 'worker';
    await end(victim, 'SIGKILL');
    start(victim);
  }
  isKilling = false;
  await Promise.all(lanes);

  expect(orders.length).toBeGreaterThanOrEqual(3);
  for (const order of orders) {
    const packages = await records.packages.ofOrder(order.number);
    expect(packages.map(({ state }) => state)).toEqual(['delivered']);
    const counted = lineQuantities(order.lines, packages, {});
    expect(counted.map(({ quantities }) => quantities.delivered)).toEqual([2, 1]);
    expect(await records.reservations.ofOrder(order.number)).toEqual([]);
    await everyEventArrived(order.number);
  }
  expect((await records.quotas.all()).map(({ open }) => open)).toEqual([0]);
  expect([...carrier.shipments.keys()].sort()).toEqual(orders.map(({ number }) => `${number}P1`).sort());
  expect(receiver.refused).toEqual([]);
}, 240_000);

/** Enough for a kill in the middle. */
const PAST_ORDERS = 1_000;

test('a worker killed in mid-backtest: the next one goes on, and every order is compared once', async () => {
  const order = newOrder();
  await post('/orders', order);
  await eventually(() => records.packages.find(`${order.number}P1`), order.number, 120_000);
  await repeatDecision(order.number, PAST_ORDERS);
  const rules = [{ name: 'one place', strategy: 'single', locations: { include: ['S1'] } }];
  await post('/distribution-scenarios', { name: 'default', defaultLocation: 'S1', rules });

  const { status, body } = await post('/distribution-scenarios/default/backtest', { last: 10_000 });
  expect(status).toBe(202);
  const id = String(body['id']);
  const compared = async () => (await records.trials.find(id))?.compared ?? 0;
  await eventually(async () => (await compared()) > 50, 'some of the backtest', 120_000);
  await end('worker', 'SIGKILL');
  const whenKilled = await compared();
  start('worker');
  const ended = await eventually(
    async () => {
      const trial = await records.trials.find(id);
      return trial?.state === 'finished' && trial;
    },
    'the rest of the backtest',
    120_000,
  );

  expect(whenKilled).toBeLessThan(PAST_ORDERS);
  expect([ended.compared, ended.skipped, ended.changed]).toEqual([ended.total, 0, 0]);
  expect(ended.total).toBeGreaterThan(PAST_ORDERS);
  expect(ended.after.placedUnits).toBe(3 * (ended.total ?? 0));
}, 240_000);

/** As many orders of the past, all decided like this one. */
async function repeatDecision(order: string, times: number): Promise<void> {
  const { model } = records.decisions;
  const one = await eventually(() => model.findOne({ order, status: 'planned' }).lean(), `the decision of ${order}`);
  const copies = Array.from({ length: times }, (_, index) => {
    const number = `${order}C${index}`;
    return { ...one, _id: `${number}#1`, order: number };
  });
  await model.insertMany(copies);
}

/** What a store does, through the API. */
async function runOrder(order: Order): Promise<void> {
  const parcel = `${order.number}P1`;
  expect((await post('/orders', order)).status).toBeLessThan(300);
  await eventually(() => records.packages.find(parcel), parcel, 120_000);
  for (const command of ['prepare', 'ready', 'pack', 'ship', 'deliver']) {
    const answer = await post(`/packages/${parcel}/commands`, { command });
    expect([answer.status, answer.body['state'] ?? answer.body]).toEqual([200, expect.any(String)]);
  }
  await eventually(async () => (await records.orders.find(order.number))?.state === 'completed', order.number, 120_000);
}

/** Sequences without gap or repeat in the log, and each event with the receiver at least once. */
async function everyEventArrived(order: string): Promise<void> {
  for (const subject of [`order/${order}`, `package/${order}P1`]) {
    const { items } = await records.events.read({ limit: 200, subject });
    expect(items.map(({ sequence }) => sequence)).toEqual(items.map((_, index) => index + 1));
    const arrived = () =>
      new Set(receiver.events.filter((event) => event.subject === subject).map(({ id }) => id)).size;
    await eventually(() => Promise.resolve(arrived() === items.length), `all events of ${subject}`, 90_000);
  }
}
