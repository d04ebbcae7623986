import { lineQuantities } from '../../src/domain/order/quantities.js';
import type { PackageState } from '../../src/domain/lifecycle/packageLifecycle.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  for (const place of ['S1', 'S2']) for (const sku of ['A', 'B']) world.stock.table.set(`${place}|${sku}`, 10_000);
});

afterAll(() => world.close());

const cancelOrder = (number: string, id?: string) =>
  world.orchestrator.commandOrder(
    number,
    { command: 'cancel', reason: 'customer' },
    { by: 'test', ...(id === undefined ? {} : { id }) },
  );

const cancelledUnits = async (number: string) => {
  const order = await world.records.orders.find(number);
  const counted = lineQuantities(
    order!.order.lines,
    await world.records.packages.ofOrder(number),
    order!.cancelledUnits,
  );
  return counted.map(({ quantities }) => quantities.cancelled);
};

const booksAreClear = async (number: string) => {
  expect(await world.records.reservations.ofOrder(number)).toEqual([]);
  const packages = (await world.records.packages.ofOrder(number)).map((parcel) => parcel.number);
  const open = await world.records.quotas.model.find({}).lean();
  expect(open.flatMap((quota) => quota.packages).filter((name) => packages.includes(name))).toEqual([]);
};

async function packageReached(state: PackageState): Promise<string> {
  const order = await world.place(newOrder());
  const parcel = `${order}P1`;
  await world.packageIn(parcel, 'waiting');
  if (state === 'preparing') await world.command(parcel, { command: 'prepare' });
  if (state === 'ready_for_packaging') await world.command(parcel, { command: 'ready' });
  if (state === 'blocked') await world.command(parcel, { command: 'block', reason: 'count again' });
  return order;
}

test.each<PackageState>(['waiting', 'preparing', 'ready_for_packaging', 'blocked'])(
  'a %s package is cancelled at once: books clear, and with its last unit the order is cancelled',
  async (state) => {
    const order = await packageReached(state);

    const record = await world.command(`${order}P1`, {
      command: 'cancel',
      reason: 'customer',
      note: 'changed their mind',
    });

    expect(record).toMatchObject({
      state: 'cancelled',
      reason: { kind: 'cancellation', code: 'customer', note: 'changed their mind' },
    });
    await world.orderIn(order, 'cancelled');
    await booksAreClear(order);
    expect(await cancelledUnits(order)).toEqual([2, 1]);
    await world.ended(order, `cancelled-${state}`);
  },
);

test('a parked package is cancelled', async () => {
  const order = await world.place(newOrder({ lines: lines(['NOWHERE', 1]) }));
  await world.packageIn(`${order}P1`, 'out_of_stock');

  await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' });

  await world.orderIn(order, 'cancelled');
  expect(await cancelledUnits(order)).toEqual([1]);
});

describe('after packing', () => {
  test('without a carrier shipment the cancellation confirms itself', async () => {
    const order = await packageReached('waiting');
    await world.command(`${order}P1`, { command: 'pack', withShipment: false });

    expect(await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' })).toMatchObject({
      state: 'cancelled',
    });

    await world.orderIn(order, 'cancelled');
    await booksAreClear(order);
  });

  test('the carrier deletes the shipment, and the package is cancelled', async () => {
    const order = await packageReached('waiting');
    await world.command(`${order}P1`, { command: 'pack' });
    expect(world.carrier.shipments.has(`${order}P1`)).toBe(true);

    expect(await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' })).toMatchObject({
      state: 'cancellation_waiting',
    });

    await world.packageIn(`${order}P1`, 'cancelled');
    expect(world.carrier.shipments.has(`${order}P1`)).toBe(false);
    await world.orderIn(order, 'cancelled');
    await booksAreClear(order);
    await world.ended(order, 'cancelled-packed');
  });

  test('a carrier that refuses puts the package back to packed', async () => {
    const order = await packageReached('waiting');
    await world.command(`${order}P1`, { command: 'pack' });
    world.carrier.deletes = false;

    await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' });

    await world.packageIn(`${order}P1`, 'packed');
    world.carrier.deletes = true;
    await booksAreClear(order);
  });

  test('a person confirms or refuses while the carrier cannot be reached', async () => {
    const order = await packageReached('waiting');
    await world.command(`${order}P1`, { command: 'pack' });
    world.carrier.isDown = true;

    await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' });
    expect(await world.command(`${order}P1`, { command: 'refuse_cancellation' })).toMatchObject({
      state: 'packed',
      reason: null,
    });
    await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' });
    expect(await world.command(`${order}P1`, { command: 'confirm_cancellation' })).toMatchObject({
      state: 'cancelled',
    });
    world.carrier.isDown = false;

    await world.orderIn(order, 'cancelled');
  });

  test('a shipped package is not cancelled', async () => {
    const order = await packageReached('waiting');
    await world.workOff(`${order}P1`);

    await expect(world.command(`${order}P1`, { command: 'cancel', reason: 'customer' })).rejects.toMatchObject({
      code: 'package.illegal_transition',
      options: { context: { state: 'shipped' } },
    });
  });
});

describe('cancelling the order', () => {
  test('cancels its packages, once, however often it is asked', async () => {
    const order = await packageReached('preparing');

    const [first, second] = await Promise.all([cancelOrder(order, 'once'), cancelOrder(order, 'once')]);

    expect(second).toEqual(first);
    expect(await world.orderIn(order, 'cancelled')).toMatchObject({ cancellation: { reason: 'customer' } });
    expect(await world.packageIn(`${order}P1`, 'cancelled')).toMatchObject({
      reason: { kind: 'cancellation', code: 'customer' },
    });
    await booksAreClear(order);
    await world.ended(order, 'order-cancelled');
  });

  test('while the stock service is down: nothing was planned, all is cancelled', async () => {
    world.stock.mode = 'down';
    const order = await world.place(newOrder());
    await eventually(
      async () => (await world.records.orders.find(order))?.waiting?.reason === 'stock_unavailable',
      'it waits',
    );

    await cancelOrder(order);

    world.stock.mode = 'up';
    expect(await world.orderIn(order, 'cancelled')).toMatchObject({ waiting: null, cancelledUnits: { 1: 2, 2: 1 } });
    expect(await world.records.packages.ofOrder(order)).toEqual([]);
    await booksAreClear(order);
    await world.ended(order, 'cancelled-while-waiting', []);
  });

  test('what is shipped goes on its way, what is not is cancelled, and the order completes', async () => {
    world.stock.table.set('S1|LEFT', 100).set('S2|RIGHT', 100);
    const order = await world.place(newOrder({ lines: lines(['LEFT', 1], ['RIGHT', 1]) }));
    await world.packageIn(`${order}P2`, 'waiting');
    await world.workOff(`${order}P1`);

    await cancelOrder(order);

    await world.packageIn(`${order}P2`, 'cancelled');
    await world.orderIn(order, 'in_progress');
    await world.command(`${order}P1`, { command: 'deliver' });
    await world.orderIn(order, 'completed');
    expect(await cancelledUnits(order)).toEqual([0, 1]);
  });

  test('nothing left to cancel: refused with the state, and nothing changes', async () => {
    const order = await packageReached('waiting');
    await world.workOff(`${order}P1`);

    await expect(cancelOrder(order)).rejects.toMatchObject({
      code: 'order.illegal_transition',
      options: { context: { state: 'in_progress' } },
    });

    await world.command(`${order}P1`, { command: 'deliver' });
    await world.orderIn(order, 'completed');
  });

  test('after a refusal, while its units are planned again', async () => {
    const order = await packageReached('waiting');
    world.stock.mode = 'down';
    await world.command(`${order}P1`, { command: 'refuse', reason: 'damaged' });
    await world.packageIn(`${order}P1`, 'needs_rescheduling');

    await cancelOrder(order);

    world.stock.mode = 'up';
    await world.orderIn(order, 'cancelled');
    expect(await world.packageIn(`${order}P1`, 'cancelled')).toMatchObject({
      reason: { kind: 'cancellation' },
      replacedBy: [],
    });
    expect(await cancelledUnits(order)).toEqual([2, 1]);
    await booksAreClear(order);
  });
});
