import { sweepPackages } from '../../src/workers/packageSweep.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { openShop, type Shop } from './support/shop.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let shop: Shop;

const DAY_MS = 86_400_000;

beforeAll(async () => {
  world = await openWorld();
  shop = openShop(world);
});

beforeEach(() => shop.restock());

afterAll(() => world.close());

/** As a worker does, `later` after now. */
const sweep = (later: number): Promise<void> =>
  sweepPackages(
    { packages: world.records.packages, settings: world.configuration.settings, orchestrator: world.orchestrator },
    new Date(Date.now() + later),
  );

async function setTo(name: 'packageAcceptMinutes' | 'reservationGraceAfterPackMinutes', value: unknown): Promise<void> {
  const { settings } = world.configuration;
  const present = await settings.find(name);
  if (present) await settings.replace(name, { name, value } as never, present.version, new Date());
  else await settings.create(name, { name, value } as never, new Date());
}

describe('a package that nobody touches', () => {
  test('gives up its goods after the days that the brand has set, and waits for a person', async () => {
    const { order, number } = await shop.packageOf();

    await sweep(15 * DAY_MS);
    expect(await world.records.packages.find(number)).toMatchObject({ state: 'waiting' });
    // A day later the last daily check is more than 15 days after it.
    await sweep(16 * DAY_MS + 60_000);

    expect(await world.packageIn(number, 'stale_waiting')).toMatchObject({ isReserved: false });
    await eventually(async () => (await shop.holdsOf(order)).length === 0, 'nothing is held');
    await world.command(number, { command: 'reschedule' });
    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ replaces: number });
    await world.packageIn(number, 'cancelled');
  });

  test('is planned elsewhere when its location has not accepted it in time', async () => {
    await setTo('packageAcceptMinutes', 30);
    const { order, number } = await shop.packageOf();
    const touched = await shop.packageOf();
    await world.command(touched.number, { command: 'prepare' });

    await sweep(31 * 60_000);
    await sweep(31 * 60_000);

    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S2', replaces: number });
    expect(await world.packageIn(number, 'cancelled')).toMatchObject({
      reason: { kind: 'replanning', code: 'not_accepted' },
      replacedBy: [`${order}P2`],
    });
    expect(await world.records.packages.find(touched.number)).toMatchObject({ state: 'preparing', location: 'S1' });
    await setTo('packageAcceptMinutes', null);
  });
});

test('packing gives the reservation back after the time that the brand has set', async () => {
  await setTo('reservationGraceAfterPackMinutes', 10);
  const { order, number } = await shop.packageOf();

  await world.command(number, { command: 'pack' });

  const { reservations } = world.records;
  await world.packageIn(number, 'packed');
  expect(await shop.holdsOf(order)).toEqual(['P1 S1 A 2', 'P1 S1 B 1']);
  await reservations.endKept(new Date(Date.now() + 9 * 60_000));
  expect(await shop.holdsOf(order)).toHaveLength(2);
  expect(await reservations.endKept(new Date(Date.now() + 11 * 60_000))).toBe(2);
  expect(await shop.holdsOf(order)).toEqual([]);
  await setTo('reservationGraceAfterPackMinutes', 0);
});

test('a package is due by the target of its location, and a parked one never', async () => {
  const { locations } = world.configuration;
  const found = await locations.find('S1');
  const { version, ...location } = found!;
  await locations.replace('S1', { ...location, targetPackagingMinutes: 45 }, version, new Date());
  const before = Date.now();

  const { number } = await shop.packageOf();
  const parked = await world.place(newOrder({ lines: lines(['NOWHERE', 1]) }));

  const { dueAt, createdAt } = (await world.records.packages.find(number))!;
  expect(Date.parse(dueAt!)).toBeGreaterThanOrEqual(before + 45 * 60_000);
  expect(Date.parse(dueAt!)).toBeLessThanOrEqual(Date.parse(createdAt) + 45 * 60_000);
  expect(await world.packageIn(`${parked}P1`, 'out_of_stock')).toMatchObject({ dueAt: null });
});
