import { eventually } from '../support/eventually.js';
import { newOrder, SECRET, subscribe } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeEach(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  world.receiver.secret = SECRET;
});

afterEach(() => world.close());

describe('the stock service', () => {
  test.each([
    ['down', /503/],
    ['garbage', /-1/],
  ] as const)('%s: never taken for empty; the order shows why it waits, and goes on by itself', async (mode, why) => {
    world.stock.mode = mode;
    const number = await world.place(newOrder());

    const waiting = await eventually(async () => {
      const found = await world.records.orders.find(number);
      return found?.waiting && world.stock.requests >= 2 && found;
    }, 'the order waits');
    expect(waiting).toMatchObject({ state: 'planning', waiting: { reason: 'stock_unavailable' } });
    expect(waiting.waiting?.nextAttemptAt).toBeDefined();
    expect(waiting.waiting?.detail).toMatch(why);
    expect(await world.records.packages.ofOrder(number)).toEqual([]);

    world.stock.mode = 'up';
    await world.packageIn(`${number}P1`, 'waiting');
    expect(await world.orderIn(number, 'in_progress')).toMatchObject({ waiting: null });
    const types = (await world.records.events.read({ limit: 100, subject: `order/${number}` })).items.map(
      ({ type }) => type,
    );
    expect(types).toEqual(['order.received', 'order.waiting', 'order.planned']);
    await world.command(`${number}P1`, { command: 'cancel', reason: 'customer' });
    await world.ended(number, `stock-${mode}`);
  });
});

test('no scenario: the order waits visibly, and is planned when one is published', async () => {
  const now = new Date();
  const { scenario } = (await world.configuration.distributionScenarios.find('default'))!.published!;
  await world.configuration.distributionScenarios.archive('default', now);
  const number = await world.place(newOrder());
  expect(await world.orderIn(number, 'parked')).toMatchObject({ waiting: { reason: 'no_scenario' } });

  await world.configuration.distributionScenarios.createDraft('default', scenario, now);
  await world.configuration.distributionScenarios.publish('default', 'test', now);
  expect(await world.records.orders.waitingFor('no_scenario', 10)).toEqual([number]);
  await world.orchestrator.wakeOrder(number, 'published');

  await world.packageIn(`${number}P1`, 'waiting');
  expect(await world.orderIn(number, 'in_progress')).toMatchObject({
    waiting: null,
    scenario: { name: 'default', version: 2 },
  });
});

test('no scenario, and nobody said that one was published: the order finds it by itself', async () => {
  const now = new Date();
  const { configuration } = world;
  await configuration.settings.replace(
    'outOfStockRetryMinutes',
    { name: 'outOfStockRetryMinutes', value: 0.02 },
    1,
    now,
  );
  const { scenario } = (await configuration.distributionScenarios.find('default'))!.published!;
  await configuration.distributionScenarios.archive('default', now);
  const number = await world.place(newOrder());
  await world.orderIn(number, 'parked');

  await configuration.distributionScenarios.createDraft('default', scenario, now);
  await configuration.distributionScenarios.publish('default', 'test', now);

  await world.packageIn(`${number}P1`, 'waiting');
  const types = (await world.records.events.read({ limit: 100, subject: `order/${number}` })).items.map(
    ({ type }) => type,
  );
  expect(types).toEqual(['order.received', 'order.waiting', 'order.planned']);
});

describe('a webhook endpoint that fails', () => {
  test('delays neither commands nor the order, and gets everything, in order, when it is back', async () => {
    const endpoint = await subscribe(world.configuration, world.receiver.url, { ordering: 'per_subject' });
    world.receiver.mode = 'down';
    const number = await world.place(newOrder());
    const parcel = `${number}P1`;
    await world.workOff(parcel);
    await world.command(parcel, { command: 'deliver' });

    await world.orderIn(number, 'completed');
    expect(world.receiver.events).toEqual([]);
    expect(
      (await world.records.deliveries.list({ limit: 10, endpoint, status: 'pending' })).items.length,
    ).toBeGreaterThan(0);

    world.receiver.mode = 'up';
    await world.ended(number, 'webhook-recovers');
    for (const subject of [`order/${number}`, `package/${parcel}`]) {
      const sequences = world.receiver.events
        .filter((event) => event.subject === subject)
        .map(({ sequence }) => sequence);
      expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, n) => n + 1));
    }
    expect(world.receiver.events.filter(({ type }) => type === 'package.status.delivered')).toHaveLength(1);
    expect((await world.records.deliveries.list({ limit: 100, endpoint, status: 'pending' })).items).toEqual([]);
  });

  test('exhausted: the order is complete and its workflow ends; the deliveries stay in the list', async () => {
    const endpoint = await subscribe(world.configuration, world.receiver.url, {
      eventTypes: ['order.completed', 'package.created'],
      retry: { strategy: 'fixed', delaySeconds: 0.1, maxAttempts: 2 },
    });
    world.receiver.mode = 'down';
    const number = await world.place(newOrder());
    await world.workOff(`${number}P1`);
    await world.command(`${number}P1`, { command: 'deliver' });

    await world.ended(number, 'webhook-exhausted');

    const exhausted = (await world.records.deliveries.list({ limit: 10, endpoint, status: 'exhausted' })).items;
    expect(exhausted.map(({ type }) => type).sort()).toEqual(['order.completed', 'package.created']);
    for (const { attempts } of exhausted) expect(attempts.map(({ status }) => status)).toEqual([500, 500]);
  });
});

describe('the carrier', () => {
  test('down at packing: the package waits for its label and gets it by itself', async () => {
    world.carrier.isDown = true;
    const number = await world.place(newOrder());
    const parcel = `${number}P1`;
    await world.packageIn(parcel, 'waiting');

    expect(await world.command(parcel, { command: 'pack' })).toMatchObject({ state: 'waiting_cargo_label' });
    expect(await world.records.reservations.ofOrder(number)).toEqual([]);

    world.carrier.isDown = false;
    expect(await world.packageIn(parcel, 'packed')).toMatchObject({ shipment: { trackingNumber: `T-${parcel}` } });
    await world.command(parcel, { command: 'ship' });
    world.carrier.report(parcel, 'DELIVERED');
    await world.orderIn(number, 'completed');
    await world.ended(number, 'label-late');
  });

  test('late and repeated news change nothing; a code we do not know is kept', async () => {
    const number = await world.place(newOrder());
    const parcel = `${number}P1`;
    await world.workOff(parcel);
    world.carrier.report(parcel, 'OUT_FOR_DELIVERY');
    await eventually(
      async () => (await world.records.packages.find(parcel))?.shipment?.status === 'out_for_delivery',
      'out for delivery',
    );
    world.carrier.report(parcel, 'SHIPPING');
    world.carrier.report(parcel, 'ON_A_CAMEL');
    await eventually(
      async () => (await world.records.packages.find(parcel))?.shipment?.events.length === 3,
      'all news',
    );

    const shipment = (await world.records.packages.find(parcel))?.shipment;
    expect(shipment).toMatchObject({ status: 'out_for_delivery' });
    expect(shipment?.events.map(({ status, rawCode }) => [status, rawCode])).toContainEqual(['unknown', 'ON_A_CAMEL']);

    world.carrier.report(parcel, 'DELIVERED');
    await world.packageIn(parcel, 'delivered');
  });
});
