import { startCarrier } from '../../src/local/simulators/carrier.js';
import type { Simulator } from '../../src/local/simulators/loopbackServer.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { HTTP_KEY, serveWorld } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
let running: Simulator;

beforeAll(async () => {
  [world, running] = await Promise.all([
    openWorld({ settings: { trackingPollMinutes: 1 / 60 } }),
    // Its parcels get nowhere by themselves.
    startCarrier({ deliverySeconds: 1_000_000 }),
  ]);
  world.stock.table.set('S1|A', 1_000);
  await use({});
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
  await running.stop();
});

/** The carrier of the brand is the simulator, or what the change makes of it. */
async function use(change: object): Promise<void> {
  const { version, createdAt: _, updatedAt: __, ...carrier } = (await world.configuration.carriers.find('swift'))!;
  const changed = { ...carrier, adapter: 'shipment-flow' as const, url: running.url, ...change };
  await world.configuration.carriers.replace('swift', changed, version, new Date());
}

async function packed(parcels?: readonly { weight: number }[]): Promise<string> {
  const number = `${await world.place(newOrder({ lines: lines(['A', 2]) }))}P1`;
  await world.packageIn(number, 'waiting');
  await world.command(number, { command: 'pack', ...(parcels && { parcels }) });
  await world.packageIn(number, 'packed');
  return number;
}

const minute = (n: number) => `2026-11-24T10:${String(n).padStart(2, '0')}:00Z`;

const push = (shipmentId: string, ...events: readonly object[]) =>
  api.call('POST', '/inbound/carriers/swift', { events: events.map((event) => ({ shipmentId, ...event })) });

const shipmentOf = async (number: string) => (await world.records.packages.find(number))?.shipment;

const newsOf = async (number: string): Promise<string[]> =>
  (await world.records.events.read({ limit: 100, subject: `package/${number}` })).items
    .map(({ type }) => type)
    .filter((type) => type.startsWith('shipment.status.'));

test('pushed out of order, twice and beside the polls, the status moves forward only, and each piece counts once', async () => {
  const number = await packed();
  await world.command(number, { command: 'ship' });
  await eventually(async () => (await newsOf(number)).length === 1, 'the first poll');

  expect((await push(number, { status: 'OUT_FOR_DELIVERY', at: minute(2) })).body).toEqual({
    packages: 1,
    unknown: [],
  });
  await eventually(async () => (await shipmentOf(number))?.status === 'out_for_delivery', 'out for delivery');
  await push(number, { status: 'SHIPPING', at: minute(1) }, { status: 'OUT_FOR_DELIVERY', at: minute(2) });
  await eventually(async () => (await shipmentOf(number))?.events.length === 3, 'three pieces of news');
  expect((await shipmentOf(number))?.status).toBe('out_for_delivery');
  const again = await push(number, { status: 'SHIPPING', at: minute(1) });
  expect(again.body).toEqual({ packages: 0, unknown: [] });
  await push(number, { status: 'DELIVERED', at: minute(3) });

  await world.packageIn(number, 'delivered');
  await world.closed(`package/${number}`);
  expect((await shipmentOf(number))?.events.map(({ rawCode }) => rawCode)).toEqual([
    ...['CREATED', 'OUT_FOR_DELIVERY', 'SHIPPING', 'DELIVERED'],
  ]);
  // A carrier that tells it again finds nobody, and that is no fault of its.
  expect((await push(number, { status: 'DELIVERED', at: minute(3) })).status).toBe(202);
});

test('several parcels: each has its label; the package is delivered when all of them are', async () => {
  const number = await packed([{ weight: 1 }, { weight: 2 }]);
  const [first, second] = (await shipmentOf(number))?.parcels ?? [];
  expect(await shipmentOf(number)).toMatchObject({ storedLabels: [0, 1, 2] });
  const label = await fetch(`${api.url}/v1/packages/${number}/label?parcel=2`, {
    headers: { authorization: `Bearer ${HTTP_KEY}` },
  });
  expect([label.status, label.headers.get('content-type')]).toEqual([200, 'application/zpl']);
  expect(await label.text()).toMatch(/^\^XA/);
  await world.command(number, { command: 'ship' });

  await push(number, { status: 'DELIVERED', at: minute(1), trackingNumber: first?.trackingNumber });
  await eventually(async () => (await newsOf(number)).length === 2, 'news of one parcel and of the poll');
  expect(await world.records.packages.find(number)).toMatchObject({ state: 'shipped' });
  await push(number, { status: 'DELIVERED', at: minute(2), trackingNumber: second?.trackingNumber });

  await world.packageIn(number, 'delivered');
});

test('a label is fetched again, and one that was opened before packing gets its parcels', async () => {
  const number = `${await world.place(newOrder({ lines: lines(['A', 2]) }))}P1`;
  await world.packageIn(number, 'waiting');
  await world.command(number, { command: 'prepare' });
  const early = await world.command(number, { command: 'update_label' });
  expect(early.shipment).toMatchObject({ parcels: [], storedLabels: [0] });

  await world.command(number, { command: 'pack', parcels: [{ weight: 1 }, { weight: 2 }] });
  const found = await world.packageIn(number, 'packed');

  expect(found.shipment).toMatchObject({ trackingNumber: early.shipment?.trackingNumber, storedLabels: [0, 1, 2] });
});

test('a command that failed because the carrier was away is carried out when it is sent again under its key', async () => {
  await use({ url: world.carrier.url });
  const number = await packed();
  const key = { 'idempotency-key': 'label-1' };
  const updateLabel = () => api.call('POST', `/packages/${number}/commands`, { command: 'update_label' }, key);
  world.carrier.isDown = true;

  expect(await updateLabel()).toMatchObject({ status: 503 });
  expect(await updateLabel()).toMatchObject({ status: 503 });
  world.carrier.isDown = false;
  const { version } = (await world.records.packages.find(number))!;

  expect(await updateLabel()).toMatchObject({ status: 200, body: { version: version + 1 } });
  expect(await updateLabel()).toMatchObject({ status: 200, body: { version: version + 1 } });
  await use({});
});

test('the answer to the opening lost: the package waits for its label and gets it, and there is one shipment', async () => {
  const number = `${await world.place(newOrder({ lines: lines(['A', 2]) }))}P1`;
  await world.packageIn(number, 'waiting');
  const fault = { kind: 'lost_answer', method: 'POST', path: '/shipments' };
  await fetch(`${running.url}/control`, { method: 'POST', body: JSON.stringify(fault) });

  const waiting = await world.command(number, { command: 'pack' });
  expect(waiting.state).toBe('waiting_cargo_label');
  const found = await world.packageIn(number, 'packed');

  const all = await fetch(`${running.url}/control/shipments`);
  const { shipments } = (await all.json()) as { shipments: { shipmentId: string; trackingNumber: string }[] };
  const ofOrder = shipments.filter(({ shipmentId }) => shipmentId.startsWith(number.replace(/P1$/, 'P')));
  expect(ofOrder.map(({ trackingNumber }) => trackingNumber)).toEqual([found.shipment?.trackingNumber]);
});

test('without an interface, people say what becomes of the parcel', async () => {
  await use({ adapter: 'manual' });
  const number = await packed();

  const shipped = await world.command(number, { command: 'ship', carrier: 'swift', trackingNumber: 'BY-HAND' });
  expect(shipped.shipment).toMatchObject({ carrier: 'swift', trackingNumber: 'BY-HAND' });
  await world.command(number, { command: 'deliver' });

  await world.closed(`package/${number}`);
  await use({});
});

test('money that the courier collects is said where the carrier collects it', async () => {
  await use({ collects: ['cash_on_delivery'] });
  const asked: string[] = [];
  const number = `${await world.place(newOrder({ lines: lines(['A', 2]), paymentType: 'cash_on_delivery' }))}P1`;
  await world.packageIn(number, 'waiting');
  await use({ collects: ['cash_on_delivery'], url: world.carrier.url });
  world.carrier.heard = (body) => asked.push(body);

  await world.command(number, { command: 'pack' });

  await world.packageIn(number, 'packed');
  expect(asked.map((body) => JSON.parse(body) as unknown)).toMatchObject([{ payment: { paymentId: number } }]);
});
