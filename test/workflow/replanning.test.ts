import { conserved, lineQuantities } from '../../src/domain/order/quantities.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ settings: { outOfStockRetryMinutes: 60 } });
  const { table } = world.stock;
  for (const place of ['S1', 'S2']) for (const sku of ['A', 'B']) table.set(`${place}|${sku}`, 1_000);
  table.set('S1|LEFT', 100).set('S2|RIGHT', 100).set('S3|ONLY', 100);
});

afterAll(() => world.close());

const quantitiesOf = async (number: string) => {
  const order = await world.records.orders.find(number);
  const counted = lineQuantities(
    order!.order.lines,
    await world.records.packages.ofOrder(number),
    order!.cancelledUnits,
  );
  for (const { quantities } of counted) expect(conserved(quantities)).toBe(true);
  return counted.map(({ quantities }) => quantities);
};

const deliver = async (number: string) => {
  await world.workOff(number);
  await world.command(number, { command: 'deliver' });
};

test('what no location has alone is split over the locations that have the lines', async () => {
  const number = await world.place(newOrder({ lines: lines(['LEFT', 2], ['RIGHT', 3]) }));
  const packages = await eventually(async () => {
    const found = await world.records.packages.ofOrder(number);
    return found.length === 2 && found;
  }, 'two packages');

  expect(packages.map(({ location, items }) => [location, items.map(({ sku, quantity }) => [sku, quantity])])).toEqual([
    ['S1', [['LEFT', 2]]],
    ['S2', [['RIGHT', 3]]],
  ]);
  for (const parcel of packages) await deliver(parcel.number);
  await world.orderIn(number, 'completed');
  await world.ended(number, 'split', [`${number}P1`, `${number}P2`]);
});

test('a refused package is planned again without the location that refused, and says what replaced it', async () => {
  const number = await world.place(newOrder());
  await world.packageIn(`${number}P1`, 'waiting');

  await world.command(`${number}P1`, { command: 'refuse', reason: 'damaged', note: 'all broken' });

  const second = await world.packageIn(`${number}P2`, 'waiting');
  const first = await world.packageIn(`${number}P1`, 'cancelled');
  expect(second).toMatchObject({ location: 'S2', replaces: `${number}P1` });
  expect(first).toMatchObject({
    replacedBy: [`${number}P2`],
    reason: { kind: 'denial', code: 'damaged', note: 'all broken' },
  });
  expect((await world.records.reservations.ofOrder(number)).map(({ location }) => location)).toEqual(['S2', 'S2']);
  expect(await quantitiesOf(number)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);

  await deliver(`${number}P2`);
  await world.orderIn(number, 'completed');
  await world.ended(number, 'refused', [`${number}P1`, `${number}P2`]);
});

test('what everybody refused is parked at the default location, nothing reserved', async () => {
  const number = await world.place(newOrder({ lines: lines(['ONLY', 1]) }));
  await world.packageIn(`${number}P1`, 'waiting');

  await world.command(`${number}P1`, { command: 'refuse', reason: 'damaged' });

  expect(await world.packageIn(`${number}P2`, 'out_of_stock')).toMatchObject({ location: 'S1' });
  await world.orderIn(number, 'parked');
  expect(await world.records.reservations.ofOrder(number)).toEqual([]);
  expect(await quantitiesOf(number)).toMatchObject([{ parked: 1, inPackages: 0 }]);
  const quota = (await world.records.quotas.all()).find(({ location }) => location === 'S3');
  expect(quota?.open).toBe(0);
});

test('a parked package is planned again on command, and stays the same while there is nothing', async () => {
  const number = await world.place(newOrder({ lines: lines(['LATER', 4]) }));
  const parked = `${number}P1`;
  await world.packageIn(parked, 'out_of_stock');
  await world.orderIn(number, 'parked');

  await world.command(parked, { command: 'reschedule' });
  await eventually(async () => (await world.records.decisions.ofOrder(number)).length === 2, 'a second decision');
  expect((await world.records.packages.ofOrder(number)).map(({ state }) => state)).toEqual(['out_of_stock']);

  world.stock.table.set('S2|LATER', 4);
  await world.command(parked, { command: 'reschedule' });
  await world.packageIn(`${number}P2`, 'waiting');
  expect(await world.packageIn(parked, 'cancelled')).toMatchObject({
    replacedBy: [`${number}P2`],
    reason: { kind: 'replanning' },
  });
  await world.orderIn(number, 'in_progress');

  await deliver(`${number}P2`);
  await world.orderIn(number, 'completed');
  await world.ended(number, 'parked', [parked, `${number}P2`]);
});

test('a wish to plan again that comes while that is under way counts: the answer under way may be older', async () => {
  const number = await world.place(newOrder({ lines: lines(['LATE', 1]) }));
  const parked = `${number}P1`;
  await world.packageIn(parked, 'out_of_stock');
  await world.orderIn(number, 'parked');
  const asked = world.stock.requests;
  let release = () => undefined as void;
  world.stock.hold = new Promise<void>((resolve) => (release = resolve));
  await world.command(parked, { command: 'reschedule' });
  await eventually(() => Promise.resolve(world.stock.requests > asked), 'the first inquiry');

  // The inquiry under way has its answer already, and nothing is in it.
  world.stock.table.set('S2|LATE', 1);
  await world.command(parked, { command: 'reschedule' });
  release();

  expect(await world.packageIn(`${number}P2`, 'waiting')).toMatchObject({ location: 'S2', replaces: parked });
});

test('a click-and-collect package that is refused waits for a person', async () => {
  const number = await world.place(newOrder({ delivery: { type: 'click_and_collect', pickupLocation: 'S1' } }));
  await world.packageIn(`${number}P1`, 'waiting');

  await world.command(`${number}P1`, { command: 'refuse', reason: 'damaged' });

  const order = await eventually(async () => {
    const found = await world.records.orders.find(number);
    return found?.waiting?.reason === 'person' && found;
  }, 'the order waits for a person');
  expect(order.waiting?.detail).toContain(`${number}P1`);
  expect(await world.packageIn(`${number}P1`, 'needs_rescheduling')).toMatchObject({ replacedBy: [] });
});

describe('contention', () => {
  test('40 orders at once for 10 pieces: exactly 10 are reserved, the rest is parked', async () => {
    world.stock.table.set('S1|SCARCE', 10);
    const numbers = await Promise.all(
      Array.from({ length: 40 }, () => world.place(newOrder({ lines: lines(['SCARCE', 1]) }))),
    );

    const packages = await Promise.all(
      numbers.map((number) => world.packageIn(`${number}P1`, 'waiting', 'out_of_stock')),
    );

    expect(packages.filter(({ state }) => state === 'waiting')).toHaveLength(10);
    const [reserved] = await world.records.reservations.pagesOf(['SCARCE']);
    expect(reserved?.reserved).toBe(10);
    for (const number of numbers) {
      const holds = await world.records.reservations.ofOrder(number);
      const isWorking = packages.find(({ order }) => order === number)?.state === 'waiting';
      expect(holds).toHaveLength(isWorking ? 1 : 0);
    }
  });
});
