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

/** The attempt that planned the order, once more. */
function planAgain(order: string): Promise<unknown> {
  const { records, configuration, planner } = world;
  const clients = {
    stockClient: createStockEngineClient({ allow: [] }),
    carrierClient: createCarrierClient({ allow: [] }),
    invoiceClient: createInvoiceClient({ allow: [] }),
  };
  const activities = createActivities({ records, configuration, planner, ...clients, now: () => new Date() });
  const units = { '1': 2, '2': 1 };
  return activities.planOrder({
    order,
    n: 1,
    attempt: 1,
    units,
    exclusions: [],
    replaces: null,
    firstPackage: 1,
    at: Date.now(),
  });
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
