import { lineQuantities } from '../../src/domain/order/quantities.js';
import { eventually } from '../support/eventually.js';
import { newOrder, SECRET, subscribe } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) for (const place of ['S1', 'S2']) world.stock.table.set(`${place}|${sku}`, 1_000);
  world.receiver.secret = SECRET;
  await subscribe(world.configuration, world.receiver.url);
});

afterAll(() => world.close());

test('an order runs from intake to delivery: planned, reserved, packed, shipped, tracked, announced', async () => {
  const { records, carrier, receiver } = world;
  const number = await world.place(newOrder());
  const parcel = `${number}P1`;

  await world.packageIn(parcel, 'waiting');
  expect(await records.reservations.ofOrder(number)).toMatchObject([
    { location: 'S1', sku: 'A', quantity: 2 },
    { location: 'S1', sku: 'B', quantity: 1 },
  ]);
  await world.workOff(parcel);
  expect(await records.reservations.ofOrder(number)).toEqual([]);
  for (const [status, ours] of [
    ['SHIPPING', 'in_transit'],
    ['OUT_FOR_DELIVERY', 'out_for_delivery'],
    ['DELIVERED', 'delivered'],
  ] as const) {
    carrier.report(parcel, status);
    await eventually(async () => (await records.packages.find(parcel))?.shipment?.status === ours, ours);
  }
  const order = await world.orderIn(number, 'completed');
  await world.ended(number, 'happy-path');

  const quantities = lineQuantities(order.order.lines, await records.packages.ofOrder(number), {});
  expect(quantities.map(({ quantities: { delivered } }) => delivered)).toEqual([2, 1]);
  const mine = receiver.events.filter(({ subject }) => subject.endsWith(number) || subject.endsWith(parcel));
  expect(receiver.refused).toEqual([]);
  expect(
    mine.filter(({ subject }) => subject.startsWith('order/')).map(({ sequence, type }) => [sequence, type]),
  ).toEqual([
    [1, 'order.received'],
    [2, 'order.planned'],
    [3, 'order.completed'],
  ]);
  expect(
    mine.filter(({ subject }) => subject.startsWith('package/')).map(({ sequence, type }) => [sequence, type]),
  ).toEqual([
    [1, 'package.created'],
    [2, 'package.status.transitioned'],
    [3, 'package.status.preparing'],
    [4, 'package.status.transitioned'],
    [5, 'package.status.ready_for_packaging'],
    [6, 'package.status.transitioned'],
    [7, 'package.status.packed'],
    [8, 'shipment.created'],
    [9, 'package.status.transitioned'],
    [10, 'package.status.shipped'],
    [11, 'shipment.status.in_transit'],
    [12, 'shipment.status.out_for_delivery'],
    [13, 'package.status.transitioned'],
    [14, 'package.status.delivered'],
    [15, 'shipment.status.delivered'],
  ]);
});

test('an order straight to Temporal, without its defaults, is completed and accepted', async () => {
  const { client, records, taskQueue } = world;
  const { priority: _, tags: __, attributes: ___, ...order } = newOrder();

  await client.workflow.start('orderWorkflow', { workflowId: `order/${order.number}`, taskQueue, args: [{ order }] });

  await world.packageIn(`${order.number}P1`, 'waiting');
  expect((await records.orders.find(order.number))?.order).toMatchObject({ priority: 3, tags: [], attributes: {} });
});
