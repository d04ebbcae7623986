import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

import { createWorkflowStates } from '../../src/clients/workflowStates.js';
import { repair } from '../../src/cli/verify/repair.js';
import type { Violation } from '../../src/domain/verify/books.js';
import { eventually } from '../support/eventually.js';
import { stack } from '../support/stack.js';
import { violationsOf } from './support/books.js';
import { lines, newOrder, SECRET, subscribe } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let workflows: ReturnType<typeof createWorkflowStates>;

beforeEach(async () => {
  world = await openWorld();
  workflows = createWorkflowStates(world.client, world.taskQueue);
  for (const place of ['S1', 'S2']) for (const sku of ['A', 'B']) world.stock.table.set(`${place}|${sku}`, 1_000);
  world.receiver.secret = SECRET;
});

afterEach(() => world.close());

const violationsNow = (graceMs?: number) => violationsOf(world, graceMs);

const named = (violations: readonly Violation[]) =>
  violations.map(({ invariant, objects }) => `${invariant} ${objects.join(' ')}`);

const collection = (name: string) => world.database.db!.collection<{ _id: string }>(name);

/** A package in `waiting`, at rest. */
async function waitingPackage(): Promise<{ order: string; number: string }> {
  const order = await world.place(newOrder());
  const number = `${order}P1`;
  await world.packageIn(number, 'waiting');
  await eventually(async () => (await workflows.ask(`order/${order}`)).state?.state === 'in_progress', 'at rest');
  return { order, number };
}

/** Units that are held for a package which there is not. */
async function addOrphan(order: string): Promise<void> {
  const held = { location: 'S2', sku: 'A', quantity: 4 };
  const orphan = { ...held, key: `${order}P9/1`, order, package: `${order}P9`, item: '1' };
  await world.records.reservations.take(orphan, 100, new Date());
}

test('a brand with orders in every kind of state balances, also while it works', async () => {
  await subscribe(world.configuration, world.receiver.url);
  const delivered = newOrder();
  world.carrier.script(`${delivered.number}P1`, ['DELIVERED'], () => Promise.resolve());
  await world.place(delivered);
  await world.workOff(`${delivered.number}P1`);
  const { number: refused } = await waitingPackage();
  await world.command(refused, { command: 'refuse', reason: 'damaged' });
  const { number: short } = await waitingPackage();
  await world.command(short, { command: 'report_missing', items: [{ id: '1', quantity: 1, kind: 'not_found' }] });
  const { number: blocked } = await waitingPackage();
  await world.command(blocked, { command: 'block', reason: 'count' });
  await world.command(blocked, { command: 'unblock' });
  const { order: cancelled } = await waitingPackage();
  await world.orchestrator.commandOrder(cancelled, { command: 'cancel', reason: 'customer' }, { by: 'test' });
  await world.place(newOrder({ lines: lines(['NOBODY-HAS-IT', 1]) }));
  await world.orderIn(delivered.number, 'completed');
  const more = Array.from({ length: 15 }, () => world.place(newOrder()));

  const violations = await violationsNow(20_000);

  await Promise.all(more);
  expect(violations).toEqual([]);
});

test('an order of two packages, of which one was cancelled by itself, balances', async () => {
  world.stock.table.set('S1|C', 5).set('S2|D', 5);
  const order = await world.place(newOrder({ lines: lines(['C', 1], ['D', 1]) }));
  for (const n of [1, 2]) await world.packageIn(`${order}P${n}`, 'waiting');

  await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' });
  await world.closed(`package/${order}P1`);

  expect(await violationsNow()).toEqual([]);
  await world.command(`${order}P2`, { command: 'cancel', reason: 'customer' });
  expect(await world.orderIn(order, 'cancelled')).toMatchObject({ cancellation: { reason: 'customer' } });
});

test('a parked order balances after it was tried again in vain, and its record counts the decision', async () => {
  const order = await world.place(newOrder({ lines: lines(['NOBODY-HAS-IT-EITHER', 1]) }));
  await world.packageIn(`${order}P1`, 'out_of_stock');

  await world.command(`${order}P1`, { command: 'reschedule' });

  await eventually(async () => (await world.records.orders.find(order))?.decisions === 2, 'two decisions are recorded');
  expect(await violationsNow()).toEqual([]);
});

describe('what somebody changed in the database is found', () => {
  test('a counter, a sum, a lost hold, a removed event and a changed state', async () => {
    const { order, number } = await waitingPackage();
    const other = await waitingPackage();
    await collection('quotas').updateOne({ _id: 'S1' }, { $inc: { open: 1 } });
    await collection('reservations').updateOne({ _id: 'S1|B' }, { $inc: { reserved: 5 } });
    await collection('reservations').updateOne(
      { _id: 'S1|A' },
      {
        $pull: { holds: { package: number } },
        $inc: { reserved: -2 },
      },
    );
    await collection('events').deleteOne({ subject: `order/${order}`, sequence: 2 });
    await collection('packages').updateOne({ _id: other.number }, { $set: { state: 'delivered' } });

    const found = named(await violationsNow());

    expect(found).toEqual(
      expect.arrayContaining([
        '4 location/S1 sku/B',
        `5 order/${order} hold/${number}/1`,
        '6 location/S1',
        `7 package/${other.number}`,
        `10 order/${order}`,
        `12 package/${other.number}`,
      ]),
    );
  });

  test('units that nobody ordered, a package that nobody made, more that left, and a command carried out twice', async () => {
    const { order, number } = await waitingPackage();
    const other = await waitingPackage();
    await world.command(number, { command: 'prepare' }, 'p1');
    await collection('orders').updateOne({ _id: order }, { $set: { 'order.lines.0.quantity': 9 } });
    await collection('orders').updateOne({ _id: other.order }, { $set: { packageCount: 0 } });
    const left = await waitingPackage();
    const shipped = { state: 'shipped', 'items.0.quantity': 9 };
    await collection('packages').updateOne({ _id: left.number }, { $set: shipped });
    const entry = (await collection('audit').findOne({ subject: `package/${number}`, commandId: 'p1' }))!;
    const again: { _id: string } = { ...entry, ...{ version: 1 }, _id: `${String(entry._id)}/again` };
    await collection('audit').insertOne(again);

    const found = named(await violationsNow());

    expect(found).toEqual(
      expect.arrayContaining([
        `1 order/${left.order} line/1`,
        `2 order/${other.order} package/${other.number}`,
        `3 order/${order} event/order.received`,
        `8 order/${left.order} line/1`,
        `9 package/${number} command/prepare id/p1`,
      ]),
    );
  });

  test('a package whose order was removed, and a workflow that was ended by force', async () => {
    const removed = await waitingPackage();
    const killed = await waitingPackage();
    await collection('orders').deleteOne({ _id: removed.order });
    await world.client.workflow.getHandle(`package/${killed.number}`).terminate('a test');

    const found = named(await violationsNow());

    expect(found).toEqual(
      expect.arrayContaining([
        `3 order/${removed.order} package/${removed.number}`,
        `11 package/${killed.number}`,
        `12 order/${removed.order}`,
      ]),
    );
  });
});

test('--repair gives orphans back and writes lost records again, with an audit entry for each; then it balances', async () => {
  const { order, number } = await waitingPackage();
  const lost = await waitingPackage();
  await addOrphan(order);
  await collection('packages').deleteOne({ _id: lost.number });
  await world.command(number, { command: 'prepare' });
  await collection('packages').updateOne({ _id: number }, { $set: { state: 'waiting', version: 1, sequence: 1 } });

  const before = await violationsNow();
  const { records } = world;
  for (const violation of before) await repair({ records, workflows, now: () => new Date() }, violation);

  expect(named(before)).toEqual(
    expect.arrayContaining([
      `2 order/${lost.order} package/${lost.number}`,
      `5 order/${order} hold/${order}P9/1`,
      `12 package/${number}`,
    ]),
  );
  expect(await violationsNow()).toEqual([]);
  const repairs = (await world.records.audit.list({ limit: 50, command: 'repair' })).items;
  expect(repairs.map(({ subject }) => subject).sort()).toEqual(
    [`order/${order}`, `package/${lost.number}`, `package/${number}`].sort(),
  );
});

test('oms verify prints what is wrong and exits 1; with --repair it exits 0 when nothing is left', async () => {
  const { order } = await waitingPackage();
  await addOrphan(order);

  const found = await omsVerify('--grace', '1', '--json');
  const repaired = await omsVerify('--grace', '1', '--repair');
  const clean = await omsVerify('--grace', '1');

  expect(found).toMatchObject({ status: 1, stderr: expect.stringMatching(/1 violations/) as string });
  expect(JSON.parse(found.stdout)).toMatchObject({
    violations: [{ invariant: 5, objects: [`order/${order}`, `hold/${order}P9/1`], isRepaired: false }],
  });
  expect(repaired).toMatchObject({ status: 0 });
  expect(repaired.stdout).toMatch(/repaired/);
  expect(clean).toMatchObject({ status: 0 });
  expect(clean.stdout).toMatch(/Everything balances/);
  expect(clean.stderr).toMatch(/looked at/);
});

function omsVerify(...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const root = resolve(import.meta.dirname, '../..');
  const command = ['test/support/typescript.cjs', 'src/cli/main.ts', 'verify', ...args];
  const env = {
    PATH: process.env['PATH'],
    MONGODB_URI: world.uri,
    TEMPORAL_ADDRESS: stack.temporalAddress,
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
  };
  return new Promise((done) => {
    const child = execFile(process.execPath, command, { cwd: root, env }, (_, stdout, stderr) =>
      done({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
