import type { Scenario } from '../../src/domain/configuration/scenario.js';
import type { OrderCommand } from '../../src/domain/order/commands.js';
import { conserved, lineQuantities } from '../../src/domain/order/quantities.js';
import { orderCommandSignal, orderWorkflowId } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder, subscribe } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

// What a caller can ask of a whole order.
let world: World;

const from = (name: string, when: string, include: string, which = 'true'): Scenario['rules'][number] => ({
  ...{ name, when, lines: which, strategy: 'single', locations: { include: [include] }, rank: [] },
});

/** Ankara is served by S3, urgent orders by S2, `split` ones line by line, the rest by S1. */
const scenario: Scenario = {
  name: 'default',
  priority: 100,
  defaultLocation: 'S1',
  conditions: { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' },
  rules: [
    from('ankara', "order.shippingAddress.state == 'Ankara'", 'S3'),
    from('urgent', 'order.priority == 1', 'S2'),
    from('split, first', "order.tags.exists(t, t == 'split')", 'S1', "line.id == '1'"),
    from('split, second', "order.tags.exists(t, t == 'split')", 'S2', "line.id == '2'"),
    from('the rest', 'true', 'S1'),
  ],
};

beforeAll(async () => {
  world = await openWorld({ scenarios: [scenario] });
  for (const place of ['S1', 'S2', 'S3'])
    for (const sku of ['A', 'B']) world.stock.table.set(`${place}|${sku}`, 10_000);
});

afterAll(() => world.close());

const ask = (number: string, command: OrderCommand, id?: string) =>
  world.orchestrator.commandOrder(number, command, { by: 'test', ...(id !== undefined && { id }) });

const placed = async (change: object = {}, packages = 1): Promise<string> => {
  const number = await world.place(newOrder(change));
  for (let n = 1; n <= packages; n++) await world.packageIn(`${number}P${n}`, 'waiting');
  return number;
};

const quantitiesOf = async (number: string) => {
  const record = (await world.records.orders.find(number))!;
  const packages = await world.records.packages.ofOrder(number);
  return lineQuantities(record.order.lines, packages, record.cancelledUnits).map(({ quantities }) => quantities);
};

const heldUnits = async (number: string) =>
  (await world.records.reservations.ofOrder(number)).map(({ location, sku, quantity }) => [location, sku, quantity]);

describe('hold', () => {
  test('blocks what is not packed until it is released, and then it goes on where it was', async () => {
    const order = await placed({ tags: ['split'] }, 2);
    await world.command(`${order}P2`, { command: 'prepare' });

    const held = await ask(order, { command: 'hold', reason: 'fraud check' });

    expect(held).toMatchObject({ hold: { reason: 'fraud check' }, waiting: { reason: 'person' } });
    await world.packageIn(`${order}P1`, 'blocked');
    expect(await world.packageIn(`${order}P2`, 'blocked')).toMatchObject({ reason: { kind: 'hold' } });
    for (const command of ['prepare', 'unblock', 'pack'] as const) {
      await expect(world.command(`${order}P1`, { command })).rejects.toMatchObject({
        code: 'package.illegal_transition',
      });
    }
    expect(await heldUnits(order)).toHaveLength(2);
    await expect(ask(order, { command: 'hold', reason: 'again' })).rejects.toMatchObject({
      code: 'order.illegal_transition',
    });

    const released = await ask(order, { command: 'release' });

    expect(released).toMatchObject({ hold: null, waiting: null });
    await world.packageIn(`${order}P1`, 'waiting');
    await world.packageIn(`${order}P2`, 'preparing');
    await expect(ask(order, { command: 'release' })).rejects.toMatchObject({ code: 'order.illegal_transition' });
    await world.workOff(`${order}P1`);
    for (const command of ['ready', 'pack', 'ship'] as const) await world.command(`${order}P2`, { command });
    for (const n of [1, 2]) await world.command(`${order}P${n}`, { command: 'deliver' });
    await world.ended(order, 'held-order', [`${order}P1`, `${order}P2`]);
  });

  test('leaves a package blocked that its store has blocked', async () => {
    const order = await placed();
    await world.command(`${order}P1`, { command: 'block', reason: 'count again' });

    await ask(order, { command: 'hold', reason: 'fraud check' });
    await ask(order, { command: 'release' });

    expect(await world.packageIn(`${order}P1`, 'blocked')).toMatchObject({ reason: { kind: 'block' } });
    expect(await world.command(`${order}P1`, { command: 'unblock' })).toMatchObject({ state: 'waiting' });
  });

  test('comes through while the stock service is away, and what was not planned waits for the release', async () => {
    world.stock.mode = 'down';
    const order = await world.place(newOrder());
    await eventually(
      async () => (await world.records.orders.find(order))?.waiting?.reason === 'stock_unavailable',
      'it waits',
    );

    expect(await ask(order, { command: 'hold', reason: 'fraud check' })).toMatchObject({
      state: 'planning',
      waiting: { reason: 'person', detail: 'The order is held: fraud check' },
    });
    const asking = async () =>
      (await world.client.workflow.getHandle(`order/${order}`).describe()).raw.pendingActivities;
    await eventually(async () => ((await asking()) ?? []).length === 0, 'the question under way is over');
    world.stock.mode = 'up';
    const requests = world.stock.requests;
    await world.orchestrator.wakeOrder(order, 'stock has come');
    expect(await ask(order, { command: 'change_priority', priority: 1 })).toMatchObject({
      decisions: 0,
      packageCount: 0,
    });
    expect(world.stock.requests).toBe(requests);

    await ask(order, { command: 'release' });
    expect(await world.packageIn(`${order}P1`, 'waiting')).toMatchObject({ location: 'S2' });
  });

  test('plans nothing: what was refused waits for the release', async () => {
    const order = await placed({ tags: ['split'] }, 2);
    await ask(order, { command: 'hold', reason: 'fraud check' });
    await world.packageIn(`${order}P1`, 'blocked');
    const decisions = (await world.records.orders.find(order))!.decisions;
    await world.orchestrator.wakeOrder(order, 'stock has come');
    await ask(order, { command: 'change_address', address: { country: 'TR', state: 'Ankara' } });

    expect(await quantitiesOf(order)).toMatchObject([{ unplanned: 2 }, { unplanned: 1 }]);
    expect((await world.records.orders.find(order))!.decisions).toBe(decisions);
    await expect(ask(order, { command: 'replan' })).rejects.toMatchObject({ code: 'order.illegal_transition' });

    await ask(order, { command: 'release' });
    expect(await world.packageIn(`${order}P3`, 'waiting')).toMatchObject({ location: 'S3' });
  });
});

describe('change_address', () => {
  test('plans everything again that is not packed, for the new address; what was accepted stays known', async () => {
    const given = newOrder({ tags: ['split'] });
    const order = await world.place(given);
    for (const n of [1, 2]) await world.packageIn(`${order}P${n}`, 'waiting');

    const address = { country: 'TR', state: 'Ankara' };
    const record = await ask(order, { command: 'change_address', address });

    expect(record).toMatchObject({
      order: { shippingAddress: { state: 'Istanbul' } },
      changes: { shippingAddress: address },
    });
    expect(await world.packageIn(`${order}P3`, 'waiting')).toMatchObject({ location: 'S3', items: [{}, {}] });
    for (const n of [1, 2])
      expect(await world.packageIn(`${order}P${n}`, 'cancelled')).toMatchObject({ reason: { kind: 'replanning' } });
    expect(await heldUnits(order)).toEqual([
      ['S3', 'A', 2],
      ['S3', 'B', 1],
    ]);
    expect(await world.records.orders.insertReceived(given, new Date())).toBe('same');
    await world.workOff(`${order}P3`);
    await world.command(`${order}P3`, { command: 'deliver' });
    await world.ended(
      order,
      'changed-address',
      [1, 2, 3].map((n) => `${order}P${n}`),
    );
  });

  test('is refused with why as soon as something is packed, and changes nothing', async () => {
    const order = await placed({ tags: ['split'] }, 2);
    await world.command(`${order}P2`, { command: 'pack', withShipment: false });
    const before = await world.records.orders.find(order);

    await expect(
      ask(order, { command: 'change_address', address: { country: 'TR', state: 'Ankara' } }),
    ).rejects.toMatchObject({
      code: 'order.illegal_transition',
      detail: expect.stringContaining(`${order}P2 is packed`) as string,
    });

    expect(await world.records.orders.find(order)).toEqual(before);
    expect(await world.command(`${order}P1`, { command: 'prepare' })).toMatchObject({ state: 'preparing' });
  });

  test('is refused also while a package that is over has not told its order yet', async () => {
    const order = await placed({ tags: ['split'] }, 2);
    // It first waits a while for its announcements.
    world.receiver.mode = 'down';
    const endpoint = await subscribe(world.configuration, world.receiver.url);
    await world.command(`${order}P2`, { command: 'pack_for_refund' });

    const change = ask(order, { command: 'change_address', address: { country: 'TR', state: 'Ankara' } });

    await expect(change).rejects.toMatchObject({ code: 'order.illegal_transition' });
    await world.configuration.webhookEndpoints.remove(endpoint);
  });
});

test('change_priority counts for what is planned afterwards, and replan plans what no store has begun', async () => {
  const order = await placed();

  expect(await ask(order, { command: 'change_priority', priority: 1 })).toMatchObject({ changes: { priority: 1 } });
  await ask(order, { command: 'replan' });

  expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ location: 'S2' });
  await world.packageIn(`${order}P1`, 'cancelled');
  await world.command(`${order}P2`, { command: 'prepare' });
  await expect(ask(order, { command: 'replan' })).rejects.toMatchObject({ code: 'order.illegal_transition' });
});

test('replan tries a parked package again at once', async () => {
  const order = await world.place(newOrder({ lines: lines(['LATE', 1]) }));
  await world.packageIn(`${order}P1`, 'out_of_stock');
  world.stock.table.set('S1|LATE', 1);

  await ask(order, { command: 'replan' });

  expect(await world.packageIn(`${order}P2`, 'waiting')).toMatchObject({ replaces: `${order}P1` });
});

describe('cancel of some units', () => {
  const cancel = (number: string, ...units: [id: string, quantity: number][]) =>
    ask(number, { command: 'cancel', reason: 'customer', lines: units.map(([id, quantity]) => ({ id, quantity })) });

  test('takes them out of the package, which keeps the rest; the reservation follows', async () => {
    const order = await placed();

    await cancel(order, ['1', 1]);

    expect(await quantitiesOf(order)).toMatchObject([
      { inPackages: 1, cancelled: 1, unplanned: 0 },
      { inPackages: 1, cancelled: 0, unplanned: 0 },
    ]);
    expect(await heldUnits(order)).toEqual([
      ['S1', 'A', 1],
      ['S1', 'B', 1],
    ]);
    const events = await world.records.events.read({ subject: `package/${order}P1`, limit: 50 });
    expect(events.items.map(({ type }) => type)).toContain('package.items.cancelled');
    await world.workOff(`${order}P1`);
    await world.command(`${order}P1`, { command: 'deliver' });
    await world.orderIn(order, 'completed');
    await world.ended(order, 'partly-cancelled');
  });

  test('cancels a package of which nothing is left, and the order with its last unit', async () => {
    const order = await placed({ tags: ['split'] }, 2);

    await cancel(order, ['1', 2]);
    expect(await world.packageIn(`${order}P1`, 'cancelled')).toMatchObject({ reason: { kind: 'cancellation' } });
    await cancel(order, ['2', 1]);

    await world.orderIn(order, 'cancelled');
    expect(await heldUnits(order)).toEqual([]);
  });

  test('takes parked units first', async () => {
    const order = await world.place(newOrder({ lines: lines(['A', 1], ['NOWHERE', 2]) }));
    await world.packageIn(`${order}P1`, 'out_of_stock');

    await cancel(order, ['2', 1]);

    expect(await quantitiesOf(order)).toMatchObject([{ parked: 1 }, { parked: 1, cancelled: 1 }]);
  });

  test('takes a packed package as a whole or not at all; a refusal says how many can be cancelled', async () => {
    const order = await placed({ tags: ['split'] }, 2);
    await world.command(`${order}P1`, { command: 'pack', withShipment: false });

    await expect(cancel(order, ['1', 1], ['2', 1])).rejects.toMatchObject({
      code: 'order.illegal_transition',
      options: {
        context: {
          cancellable: [
            { id: '1', quantity: 0 },
            { id: '2', quantity: 1 },
          ],
        },
      },
    });
    expect(await quantitiesOf(order)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);

    await cancel(order, ['1', 2]);
    await world.packageIn(`${order}P1`, 'cancelled');
    expect(await quantitiesOf(order)).toMatchObject([{ cancelled: 2 }, { inPackages: 1 }]);
  });

  test('by ten at once, beside a refusal and a manual plan: each has one effect or none, and no unit is lost', async () => {
    const order = await placed({ lines: lines(['A', 4], ['B', 4]), tags: ['split'] }, 2);

    const results = await Promise.allSettled([
      ...Array.from({ length: 10 }, () => cancel(order, ['1', 1])),
      world.command(`${order}P1`, { command: 'refuse', reason: 'damaged' }),
      world.command(`${order}P2`, {
        command: 'plan_manually',
        groups: [{ location: 'S3', items: [{ id: '1', quantity: 4 }] }],
      }),
    ]);

    const done = results.slice(0, 10).filter(({ status }) => status === 'fulfilled').length;
    expect(done).toBe(4);
    const settled = await eventually(async () => {
      const found = await quantitiesOf(order);
      return found.every(({ unplanned }) => unplanned === 0) && found;
    }, 'every unit has a place');
    expect(settled.every(conserved)).toBe(true);
    expect(settled).toMatchObject([{ cancelled: 4 }, { inPackages: 4, cancelled: 0 }]);
    const held = await eventually(async () => {
      const found = await heldUnits(order);
      return found.length === 1 && found;
    }, 'the books hold what is left');
    expect(held).toEqual([['S3', 'B', 4]]);
  });
});

test('a command has one effect under its id, whether it comes by update or by signal', async () => {
  const order = await placed();
  const command = { command: 'cancel', reason: 'customer', lines: [{ id: '1', quantity: 1 }] } as const;

  await Promise.all(Array.from({ length: 5 }, () => ask(order, command, 'once')));
  await world.client.workflow
    .getHandle(orderWorkflowId(order))
    .signal(orderCommandSignal, { ...command, id: 'once', by: 'test' });
  await ask(order, { command: 'change_priority', priority: 2 });

  expect(await quantitiesOf(order)).toMatchObject([{ cancelled: 1 }, { cancelled: 0 }]);
});

test('a signal that cannot be carried out is kept as refused', async () => {
  const order = await placed();
  const signal = (command: object) =>
    world.client.workflow.getHandle(orderWorkflowId(order)).signal(orderCommandSignal, command as never);

  await signal({ command: 'release' });
  await signal({ command: 'cancel', reason: 'customer', lines: [{ id: '9', quantity: 1 }] });
  await signal({ command: 'change_address', address: {} });

  const refused = await eventually(async () => {
    const { items } = await world.records.audit.list({ subject: `order/${order}`, limit: 50 });
    const found = items.filter(({ outcome }) => outcome === 'refused');
    return found.length === 3 && found;
  }, 'three refusals');
  expect(refused.map(({ detail }) => detail).sort()).toEqual(
    [`${order} is not held`, 'an address needs a country', 'the order has no line 9'].sort(),
  );
});
