import type { OrderCommand } from '../../src/domain/order/commands.js';
import type { OrderLine } from '../../src/domain/order/order.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { allTo, openShop, type Shop } from './support/shop.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld();
  shop = openShop(world);
  await world.configuration.denialReasons.create(
    'gone',
    { code: 'gone', title: 'Not there', stockEffect: 'discrepancy', priority: 1, active: true },
    new Date(),
  );
});

beforeEach(() => shop.restock());

afterAll(() => world.close());

describe('report_missing', () => {
  test('of some units: they are planned elsewhere, the rest stays, and the location is not asked again', async () => {
    const { order, number } = await shop.packageOf();

    const left = await world.command(number, {
      command: 'report_missing',
      items: [{ id: '1', quantity: 1, kind: 'not_found' }],
    });

    expect(left).toMatchObject({
      state: 'waiting',
      items: [
        { id: '1', quantity: 1 },
        { id: '2', quantity: 1 },
      ],
    });
    const second = await world.packageIn(`${order}P2`, 'waiting');
    expect(second).toMatchObject({ location: 'S2', replaces: number, items: [{ sku: shop.goods.A, quantity: 1 }] });
    expect(await shop.holdsOf(order)).toEqual(['P1 S1 A 1', 'P1 S1 B 1', 'P2 S2 A 1']);
    expect(await shop.quantitiesOf(order)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);
    expect(await world.records.packages.find(number)).toMatchObject({ state: 'waiting' });
  });

  test('of every unit: the package waits without stock until its units have a place, and is over then', async () => {
    const { order, number } = await shop.packageOf({ lines: lines([shop.goods.A, 2]) });

    await world.command(number, { command: 'report_missing', items: [{ id: '1', quantity: 2, kind: 'damaged' }] });

    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S2', items: [{ quantity: 2 }] });
    expect(await world.packageIn(number, 'cancelled')).toMatchObject({
      reason: { kind: 'missing', code: 'damaged' },
      replacedBy: [`${order}P2`],
    });
    expect(await shop.holdsOf(order)).toEqual(['P2 S2 A 2']);
    const types = (await world.records.events.read({ limit: 50, subject: `package/${number}` })).items.map(
      ({ type }) => type,
    );
    expect(types).toContain('package.items.missing');
  });

  test('for the whole package: what is there goes back as well', async () => {
    const { order, number } = await shop.packageOf();

    await world.command(number, {
      command: 'report_missing',
      scope: 'package',
      items: [{ id: '1', quantity: 1, kind: 'not_found' }],
    });

    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S2', items: [{}, {}] });
    await world.packageIn(number, 'cancelled');
    expect(await shop.quantitiesOf(order)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);
  });

  test('of one item of a keep-together group: the group leaves as a whole', async () => {
    const bundle = lines([shop.goods.A, 1], [shop.goods.B, 2], [shop.goods.C, 1]).map(
      (line, index): Partial<OrderLine> => (index < 2 ? { ...line, keepTogetherGroup: 'bundle' } : line),
    );
    const { order, number } = await shop.packageOf({ lines: bundle });

    await world.command(number, { command: 'report_missing', items: [{ id: '1', quantity: 1, kind: 'not_found' }] });

    expect((await world.packageIn(`${order}P2`, 'waiting', 'out_of_stock')).items.map(({ sku }) => sku)).toEqual([
      shop.goods.A,
      shop.goods.B,
    ]);
    expect((await world.records.packages.find(number))?.items.map(({ sku }) => sku)).toEqual([shop.goods.C]);
  });

  test('of more than there is: refused with the field, and nothing changes', async () => {
    const { number } = await shop.packageOf();

    await expect(
      world.command(number, { command: 'report_missing', items: [{ id: '1', quantity: 3, kind: 'not_found' }] }),
    ).rejects.toMatchObject({
      code: 'request.unprocessable',
      options: { errors: [{ pointer: '/items/0/quantity' }] },
    });

    expect(await world.records.packages.find(number)).toMatchObject({ version: 1 });
  });

  test('keeps new orders away from the location until its stock answer changes', async () => {
    world.stock.table.set('S1|SHY', 7).set('S2|SHY', 7);
    const { number } = await shop.packageOf({ lines: lines(['SHY', 1]) });
    await world.command(number, { command: 'report_missing', items: [{ id: '1', quantity: 1, kind: 'not_found' }] });
    await world.packageIn(number, 'cancelled');

    const away = await shop.packageOf({ lines: lines(['SHY', 1]) });
    expect(await world.records.packages.find(away.number)).toMatchObject({ location: 'S2' });

    world.stock.table.set('S1|SHY', 6);
    const back = await shop.packageOf({ lines: lines(['SHY', 1]) });
    expect(await world.records.packages.find(back.number)).toMatchObject({ location: 'S1' });
  });

  test('sent twice with one id: the units leave once', async () => {
    const { order, number } = await shop.packageOf();
    const command = {
      command: 'report_missing' as const,
      items: [{ id: '1', quantity: 1, kind: 'not_found' as const }],
    };

    await Promise.all([world.command(number, command, 'once'), world.command(number, command, 'once')]);

    await world.packageIn(`${order}P2`, 'waiting');
    expect(await shop.quantitiesOf(order)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);
  });
});

test('refuse for a reason that tells of missing goods keeps new orders away as well', async () => {
  world.stock.table.set('S1|LOST', 7).set('S2|LOST', 7);
  const { number } = await shop.packageOf({ lines: lines(['LOST', 1]) });
  await world.command(number, { command: 'refuse', reason: 'gone' });
  await world.packageIn(number, 'cancelled');

  const next = await shop.packageOf({ lines: lines(['LOST', 1]) });

  expect(await world.records.packages.find(next.number)).toMatchObject({ location: 'S2' });
});

test('deallocate gives the reservation back and goes on', async () => {
  const { order, number } = await shop.packageOf();

  expect(await world.command(number, { command: 'deallocate' })).toMatchObject({ state: 'preparing' });

  expect(await shop.holdsOf(order)).toEqual([]);
  expect(await world.command(number, { command: 'pack', withShipment: false })).toMatchObject({ state: 'packed' });
});

describe('replacing', () => {
  test('is off unless the setting allows it', async () => {
    const { number } = await shop.packageOf();

    await expect(
      world.command(number, { command: 'replace_product', item: '1', sku: shop.goods.C }),
    ).rejects.toMatchObject({
      code: 'request.unprocessable',
    });
    expect(await world.records.packages.find(number)).toMatchObject({ version: 1 });
  });

  test('swaps the product in the package and in the books, and keeps the price and what was ordered', async () => {
    await world.configuration.settings.create(
      'allowReplacement',
      { name: 'allowReplacement', value: true } as never,
      new Date(),
    );
    const { order, number } = await shop.packageOf();

    const left = await world.command(number, {
      command: 'prepare_items',
      found: [{ id: '2', quantity: 1 }],
      missing: [{ id: '1', quantity: 1, kind: 'not_found' }],
      replacements: [{ item: '2', sku: shop.goods.C, barcode: '4002' }],
    });

    expect(left).toMatchObject({
      state: 'preparing',
      items: [
        { id: '1', sku: shop.goods.A, quantity: 1 },
        { id: '2', sku: shop.goods.C, orderedSku: shop.goods.B, barcode: '4002', unitPrice: 1_000 },
      ],
    });
    await world.packageIn(`${order}P2`, 'waiting');
    expect(await shop.holdsOf(order)).toEqual(['P1 S1 A 1', 'P1 S1 C 1', 'P2 S2 A 1']);
  });

  test('lasts when a person moves the package elsewhere', async () => {
    const { order, number } = await shop.packageOf({ lines: lines([shop.goods.A, 1]) });
    await world.command(number, { command: 'replace_product', item: '1', sku: shop.goods.C });

    await world.command(number, {
      command: 'plan_manually',
      groups: [{ location: 'S2', items: [{ id: '1', quantity: 1 }] }],
    });

    expect((await world.packageIn(`${order}P2`, 'waiting')).items).toMatchObject([
      { sku: shop.goods.C, orderedSku: shop.goods.A },
    ]);
    expect(await shop.holdsOf(order)).toEqual(['P2 S2 C 1']);
  });
});

describe('plan_manually', () => {
  test('moves every unit where a person wants it, also where the stock answer is short', async () => {
    const { order, number } = await shop.packageOf();

    const moved = await world.command(number, {
      command: 'plan_manually',
      groups: [
        {
          location: 'S2',
          items: [
            { id: '1', quantity: 1 },
            { id: '2', quantity: 1 },
          ],
        },
        { location: 'S3', items: [{ id: '1', quantity: 1 }] },
      ],
    });

    expect(moved).toMatchObject({ state: 'cancelled', replacedBy: [`${order}P2`, `${order}P3`] });
    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S2', items: [{}, {}] });
    expect(await world.packageIn(`${order}P3`, 'waiting')).toMatchObject({ location: 'S3', items: [{ quantity: 1 }] });
    expect(await shop.holdsOf(order)).toEqual(['P2 S2 A 1', 'P2 S2 B 1', 'P3 S3 A 1']);
    expect(await shop.quantitiesOf(order)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);
    const [, byHand] = await world.records.decisions.ofOrder(order);
    expect(byHand?.plan?.answer.explanation.text).toContain('S3');
  });

  test('must have every unit exactly once, at active locations', async () => {
    const { number } = await shop.packageOf();
    const refusedAt = async (groups: { location: string; items: { id: string; quantity: number }[] }[]) => {
      const error = await world.command(number, { command: 'plan_manually', groups }).catch((given: unknown) => given);
      return (error as { options: { errors: { pointer: string }[] } }).options.errors[0]?.pointer;
    };
    const all = [
      { id: '1', quantity: 2 },
      { id: '2', quantity: 1 },
    ];

    expect(await refusedAt([{ location: 'S2', items: [{ id: '1', quantity: 2 }] }])).toBe('/groups');
    expect(await refusedAt([{ location: 'S2', items: [{ id: '1', quantity: 3 }] }])).toBe('/groups/0/items/0/quantity');
    expect(await refusedAt([{ location: 'NOWHERE', items: all }])).toBe('/groups/0/location');
    expect(await world.command(number, { command: 'prepare' })).toMatchObject({ state: 'preparing' });
  });

  test('frees what is parked', async () => {
    const order = await world.place(newOrder({ lines: lines(['NONE', 2]) }));
    await world.packageIn(`${order}P1`, 'out_of_stock');

    await world.command(`${order}P1`, {
      command: 'plan_manually',
      groups: [{ location: 'S3', items: [{ id: '1', quantity: 2 }] }],
    });

    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S3' });
    await world.orderIn(order, 'in_progress');
  });

  test('decides about a click-and-collect package that its store refused', async () => {
    const { order, number } = await shop.packageOf({ delivery: { type: 'click_and_collect', pickupLocation: 'S1' } });
    await world.command(number, { command: 'refuse', reason: 'damaged' });
    await eventually(async () => (await world.records.orders.find(order))?.waiting?.reason === 'person', 'a person');

    await world.command(number, {
      command: 'plan_manually',
      groups: allTo('S2'),
    });

    expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S2' });
    await eventually(async () => (await world.records.orders.find(order))?.waiting === null, 'nothing to wait for');
    await world.workOff(`${order}P2`);
    await world.command(`${order}P2`, { command: 'deliver' });
    await world.orderIn(order, 'completed');
  });

  test('moves a package that was to be tried again: its units have their places, and get no others', async () => {
    const order = await world.place(newOrder({ lines: lines(['RARE', 2]) }));
    await world.packageIn(`${order}P1`, 'out_of_stock');
    const ask = (command: OrderCommand) => world.orchestrator.commandOrder(order, command, { by: 'test' });
    await ask({ command: 'hold', reason: 'fraud check' });
    await world.command(`${order}P1`, { command: 'reschedule' });
    world.stock.table.set('S1|RARE', 2);

    await world.command(`${order}P1`, {
      command: 'plan_manually',
      groups: [{ location: 'S3', items: [{ id: '1', quantity: 2 }] }],
    });
    await ask({ command: 'release' });
    await world.packageIn(`${order}P2`, 'waiting');
    await world.workOff(`${order}P2`);
    await world.command(`${order}P2`, { command: 'deliver' });

    await world.orderIn(order, 'completed');
    expect(await world.records.packages.ofOrder(order)).toHaveLength(2);
  });
});
