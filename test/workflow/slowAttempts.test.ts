import { createActivities } from '../../src/workers/activities.js';
import { createCarrierClient } from '../../src/clients/carriers/carrierClient.js';
import { createInvoiceClient } from '../../src/clients/invoiceService.js';
import { createStockEngineClient } from '../../src/clients/stockEngine.js';
import { newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

// An attempt that Temporal has given up goes on, and may end long after another one did its work.
let world: World;

beforeAll(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
});

afterAll(() => world.close());

function activitiesOf({ records, configuration, planner }: World) {
  const clients = {
    stockClient: createStockEngineClient({ allow: [] }),
    carrierClient: createCarrierClient({ allow: [] }),
    invoiceClient: createInvoiceClient({ allow: [] }),
  };
  return createActivities({ records, configuration, planner, ...clients, now: () => new Date() });
}

/** The attempt that planned the order, once more. */
function planAgain(order: string): Promise<unknown> {
  const units = { '1': 2, '2': 1 };
  const asked = { order, n: 1, attempt: 1, units, exclusions: [], replaces: null, firstPackage: 1 };
  return activitiesOf(world).planOrder({ ...asked, at: Date.now() });
}

const openAtS1 = async () => (await world.records.quotas.all()).find(({ location }) => location === 'S1')?.open;

test('planning that ends after its package was packed holds nothing, and takes no place', async () => {
  const order = await world.place(newOrder());
  await world.packageIn(`${order}P1`, 'waiting');
  await world.command(`${order}P1`, { command: 'pack', withShipment: false });
  expect([await world.records.reservations.ofOrder(order), await openAtS1()]).toEqual([[], 0]);

  await planAgain(order);

  expect([await world.records.reservations.ofOrder(order), await openAtS1()]).toEqual([[], 0]);
});

test('planning that ends while its package waits changes nothing', async () => {
  const order = await world.place(newOrder());
  await world.packageIn(`${order}P1`, 'waiting');
  const held = await world.records.reservations.ofOrder(order);

  await planAgain(order);

  expect(held).toHaveLength(2);
  expect([await world.records.reservations.ofOrder(order), await openAtS1()]).toEqual([held, 1]);
});

test('recording that ends after later steps were recorded gives the package neither its goods nor its place back', async () => {
  const before = await openAtS1();
  const order = await world.place(newOrder());
  const number = `${order}P1`;
  const waiting = await world.packageIn(number, 'waiting');
  await world.command(number, { command: 'pack', withShipment: false });

  // As when what was on its way has just arrived.
  const awaited = waiting.items.map((item) => ({ ...item, awaited: item.quantity }));
  const late = { record: waiting, events: [], at: Date.parse(waiting.updatedAt), quota: 'take' as const };
  await activitiesOf(world).recordPackage({ ...late, held: awaited, missing: [] });

  expect(await world.records.packages.find(number)).toMatchObject({ state: 'packed' });
  expect(await world.records.reservations.ofOrder(order)).toEqual([]);
  expect(await openAtS1()).toBe(before);
});
