import { Context } from '@temporalio/activity';
import { TestWorkflowEnvironment } from '@temporalio/testing';

import { eventually } from '../support/eventually.js';
import { stack } from '../support/stack.js';
import { lines, newOrder, SECRET, subscribe } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

// On the time-skipping server: weeks pass in seconds. Time is one for all of it, so each test has a server of its own.
let environment: TestWorkflowEnvironment;
let world: World;

async function openSkipping(settings: Record<string, number>): Promise<void> {
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: stack.timeSkippingExecutable } },
  });
  const searchAttributes = Object.fromEntries(
    ['OmsOrder', 'OmsState', 'OmsLocation', 'OmsChannel'].map((name) => [name, 2]),
  );
  await environment.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  world = await openWorld({
    settings,
    engine: {
      client: environment.client,
      native: environment.nativeConnection,
      namespace: 'default',
      // The clock of the server, which is the one that skips.
      now: () => new Date(Context.current().info.currentAttemptScheduledTimestampMs),
      close: () => environment.teardown(),
    },
  });
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  world.receiver.secret = SECRET;
}

afterEach(() => world?.close());

const historyLength = async (workflowId: string) =>
  (await environment.client.workflow.getHandle(workflowId).describe()).historyLength;

test('a parked order is tried again every interval for days, and goes on when the goods are there', async () => {
  await openSkipping({ outOfStockRetryMinutes: 30 });
  const number = await world.place(newOrder({ lines: lines(['LATER', 1]) }));
  await world.packageIn(`${number}P1`, 'out_of_stock');

  await environment.sleep('1 day');
  expect(world.stock.requests).toBeGreaterThan(45);
  expect(await world.records.packages.ofOrder(number)).toHaveLength(1);
  world.stock.table.set('S2|LATER', 1);
  await environment.sleep('31 minutes');

  await world.packageIn(`${number}P2`, 'waiting');
  expect(await world.packageIn(`${number}P1`, 'cancelled')).toMatchObject({ replacedBy: [`${number}P2`] });
});

test('a parcel is followed for a week, more seldom the longer it is silent, at no cost in history', async () => {
  await openSkipping({ trackingPollMinutes: 30, trackingExpireDays: 30 });
  const number = await world.place(newOrder());
  const parcel = `${number}P1`;
  await world.workOff(parcel);
  const before = await historyLength(`package/${parcel}`);

  await environment.sleep('7 days');
  // Every half hour at first, every two hours in the end.
  expect(world.carrier.requests).toBeGreaterThan(6 * 12);
  expect(world.carrier.requests).toBeLessThan(7 * 48);
  expect((await historyLength(`package/${parcel}`)) - before).toBeLessThan(5);
  world.carrier.report(parcel, 'DELIVERED');
  await environment.sleep('121 minutes');

  await world.packageIn(parcel, 'delivered');
  await world.orderIn(number, 'completed');
});

test('a parcel that nobody hears of for thirty days expires, and a person has the last word', async () => {
  await openSkipping({ trackingPollMinutes: 150, trackingExpireDays: 30 });
  const number = await world.place(newOrder());
  const parcel = `${number}P1`;
  await world.workOff(parcel);

  await environment.sleep('29 days');
  expect((await world.records.packages.find(parcel))?.shipment?.status).toBe('unknown');
  await environment.sleep('2 days');
  await eventually(async () => (await world.records.packages.find(parcel))?.shipment?.status === 'expired', 'expiry');

  expect(await world.command(parcel, { command: 'deliver' })).toMatchObject({ state: 'delivered' });
  await world.orderIn(number, 'completed');
});

test('news that was pushed begins the time to expiry anew, though polls hear nothing', async () => {
  await openSkipping({ trackingPollMinutes: 150, trackingExpireDays: 30 });
  const number = await world.place(newOrder());
  const parcel = `${number}P1`;
  await world.workOff(parcel);
  const statusOf = async () => (await world.records.packages.find(parcel))?.shipment?.status;

  await environment.sleep('20 days');
  const pushed = { status: 'in_transit', rawCode: 'SHIPPING', at: '2026-11-24T10:00:00.000Z' } as const;
  await world.orchestrator.tellTracking(parcel, [pushed]);
  await eventually(async () => (await statusOf()) === 'in_transit', 'the news');
  await environment.sleep('25 days');
  expect(await statusOf()).toBe('in_transit');
  await environment.sleep('10 days');

  await eventually(async () => (await statusOf()) === 'expired', 'expiry');
});

test('a webhook receiver that is down for a day gets everything once it is back', async () => {
  await openSkipping({});
  const endpoint = await subscribe(world.configuration, world.receiver.url, { retry: { strategy: 'standard' } });
  // Its clock does not skip.
  world.receiver.checksTime = false;
  world.receiver.mode = 'down';
  const number = await world.place(newOrder());
  await world.workOff(`${number}P1`);
  await world.command(`${number}P1`, { command: 'deliver' });
  await world.orderIn(number, 'completed');

  await environment.sleep('1 day');
  const sent = async () => (await world.records.deliveries.list({ limit: 200, endpoint })).items;
  expect((await sent()).every(({ attemptCount }) => attemptCount >= 6)).toBe(true);
  world.receiver.mode = 'up';
  await environment.sleep('2 days');

  const all = await sent();
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 'delivered'));
  expect(new Set(world.receiver.events.map(({ id }) => id)).size).toBe(all.length);
  await world.ended(number, 'receiver-down-for-a-day');
});
