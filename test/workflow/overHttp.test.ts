import { eventually } from '../support/eventually.js';
import { newOrder } from './support/brand.js';
import { serveWorld, type Json } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;

beforeAll(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

type Call = Awaited<ReturnType<typeof serveWorld>>['call'];
const call: Call = (...args) => api.call(...args);

const { priority: _, ...intake } = newOrder();
const number = intake.number;
const commands = `/packages/${number}P1/commands`;

test('an order by HTTP: accepted once, worked off by commands, delivered', async () => {
  const first = await call('POST', '/orders', intake);
  expect(first).toMatchObject({ status: 201, body: { number, state: 'received', priority: 3 } });
  expect(first.headers.get('location')).toBe(`/v1/orders/${number}`);
  expect((await call('POST', '/orders', intake)).status).toBe(200);
  expect((await call('POST', '/orders', { ...intake, channel: 'app' })).status).toBe(409);

  await eventually(async () => (await call('GET', `/packages/${number}P1`)).status === 200, 'the package');
  expect(await call('POST', commands, { command: 'deliver' })).toMatchObject({
    status: 409,
    body: {
      type: '/problems/package.illegal_transition',
      state: 'waiting',
      allowed: expect.arrayContaining(['prepare', 'pack', 'refuse']) as string[],
    },
  });
  for (const [command, state] of [
    ['prepare', 'preparing'],
    ['ready', 'ready_for_packaging'],
    ['pack', 'packed'],
    ['ship', 'shipped'],
  ] as const) {
    expect(await call('POST', commands, { command })).toMatchObject({ status: 200, body: { state } });
  }
  world.carrier.report(`${number}P1`, 'DELIVERED');

  const order = await eventually(async () => {
    const { body } = await call('GET', `/orders/${number}`);
    return body['state'] === 'completed' && body;
  }, 'the order to complete');
  expect(order['lines']).toMatchObject([
    { quantities: { ordered: 2, delivered: 2 } },
    { quantities: { ordered: 1, delivered: 1 } },
  ]);
  expect((order['timeline'] as Json[]).map(({ type }) => type)).toContain('package.status.delivered');
  const decisions = (await call('GET', `/orders/${number}/decisions`)).body;
  expect(JSON.stringify(decisions)).toContain('one place');
  expect(await call('POST', commands, { command: 'prepare' })).toMatchObject({
    status: 409,
    body: { state: 'delivered', allowed: ['update_invoice', 'update_shipment'] },
  });
});

test('the reports tell of that order, which is the only one', async () => {
  const rows = async (name: string) => (await call('GET', `/reports/${name}`)).body;

  expect(await rows('split-rate')).toMatchObject({ total: { orders: 1, placed: 1, split: 0, packages: 1, units: 3 } });
  expect(await rows('location-load')).toMatchObject({
    items: [{ location: 'S1', packages: 1, units: 3, packageShare: 1, unitShare: 1 }],
  });
  expect(await rows('location-movements')).toMatchObject({
    items: [{ location: 'S1', state: 'delivered', packages: 1, units: 3 }],
  });
  expect(await rows('refusals')).toMatchObject({ items: [{ location: 'S1', packages: 1, refused: 0 }] });
  expect(await rows('lead-times')).toMatchObject({
    items: [{ milestone: 'delivered' }, { milestone: 'packed' }, { milestone: 'shipped' }],
  });
});

test('a repeated Idempotency-Key gets the first answer again, and has no second effect', async () => {
  const order = newOrder();
  await call('POST', '/orders', order);
  const parcel = `/packages/${order.number}P1`;
  await eventually(async () => (await call('GET', parcel)).status === 200, 'the package');
  const key = { 'idempotency-key': 'prepare-once' };

  const first = await call('POST', `${parcel}/commands`, { command: 'prepare' }, key);
  const second = await call('POST', `${parcel}/commands`, { command: 'prepare' }, key);

  expect(second.body).toEqual(first.body);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect((await call('POST', `${parcel}/commands`, { command: 'ready' }, key)).status).toBe(422);
  expect((await call('GET', parcel)).body).toMatchObject({ state: 'preparing', version: 2 });
});

test('20 identical commands at once: one effect, and every other answer says so', async () => {
  const order = newOrder();
  await call('POST', '/orders', order);
  const parcel = `/packages/${order.number}P1`;
  await eventually(async () => (await call('GET', parcel)).status === 200, 'the package');

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call('POST', `${parcel}/commands`, { command: 'prepare' })),
  );

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  expect((await call('GET', parcel)).body).toMatchObject({ state: 'preparing', version: 2 });
});
