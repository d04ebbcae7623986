import type { Scenario, TransferScenario } from '../../src/domain/configuration/scenario.js';
import type { OrderCommand } from '../../src/domain/order/commands.js';
import { transferCommandSignal, transferWorkflowId } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { allTo, openShop, type Shop } from './support/shop.js';
import { openWorld, type World } from './support/world.js';

const conditions = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;

/** S1 packs everything, with goods from wherever they are. */
const underOneRoof: Scenario = {
  name: 'under one roof',
  priority: 100,
  defaultLocation: 'S1',
  conditions,
  rules: [{ name: 'at S1', strategy: 'partial', transferable: true, locations: { include: ['S1'] }, rank: [] }],
};

const fromAnywhere: TransferScenario = {
  name: 'from anywhere',
  priority: 100,
  conditions,
  rules: [{ name: 'any', lines: 'any', sources: {}, rank: [{ by: 'priority', order: 'asc' }] }],
};

let world: World;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld({ scenarios: [underOneRoof], transferScenarios: [fromAnywhere] });
  shop = openShop(world);
});

beforeEach(() => shop.restock({}));

afterAll(() => world.close());

/** Two of A and one of B, packed at S1. */
const place = async (stock: Record<string, number>): Promise<{ order: string; number: string }> => {
  shop.restock(stock);
  const order = await world.place(newOrder({ lines: lines([shop.goods.A, 2], [shop.goods.B, 1]) }));
  return { order, number: `${order}P1` };
};

/** A record is written just before its holds. */
const holds = (order: string, ...expected: readonly string[]): Promise<unknown> =>
  eventually(async () => (await shop.holdsOf(order)).join() === expected.join(), `${order} holds ${expected.join()}`);

const typesOf = async (subject: string): Promise<string[]> =>
  (await world.records.events.read({ limit: 50, subject })).items.map(({ type }) => type);

const sequencesOf = async (subject: string): Promise<number[]> =>
  (await world.records.events.read({ limit: 50, subject })).items.map(({ sequence }) => sequence);

test('a package waits for its transfer; the goods are held at the source until they arrive, then where it is packed', async () => {
  const { order, number } = await place({ 'S1|A': 1, 'S2|A': 1, 'S2|B': 1 });

  const waiting = await world.packageIn(number, 'waiting_for_transfer');
  expect(waiting).toMatchObject({
    location: 'S1',
    transfers: [`${number}T1`],
    items: [
      { quantity: 2, awaited: 1 },
      { quantity: 1, awaited: 1 },
    ],
  });
  const begun = await world.transferIn(`${number}T1`, 'waiting');
  expect(begun).toMatchObject({ order, package: number, source: 'S2', destination: 'S1' });
  expect(begun.items).toMatchObject([
    { id: '1', packageItem: '1', sku: shop.goods.A, quantity: 1 },
    { id: '2', packageItem: '2', sku: shop.goods.B, quantity: 1 },
  ]);
  await holds(order, 'P1 S1 A 1', 'P1 S2 A 1', 'P1 S2 B 1');

  await world.commandTransfer(`${number}T1`, { command: 'ready', trackingNumber: 'VAN-7' });
  const sent = await world.commandTransfer(`${number}T1`, { command: 'dispatch' });
  expect(sent).toMatchObject({ state: 'in_transit', shipment: { trackingNumber: 'VAN-7' } });
  await holds(order, 'P1 S1 A 1', 'P1 S2 A 1', 'P1 S2 B 1');
  await world.commandTransfer(`${number}T1`, { command: 'receive' });

  const ready = await world.packageIn(number, 'waiting');
  expect(ready.items.map(({ awaited = 0 }) => awaited)).toEqual([0, 0]);
  await holds(order, 'P1 S1 A 2', 'P1 S1 B 1');
  await world.workOff(number);
  world.carrier.report(number, 'DELIVERED');
  await world.orderIn(order, 'completed');
  expect(await typesOf(`transfer/${number}T1`)).toEqual([
    'transfer.status.created',
    'transfer.status.transitioned',
    'transfer.status.ready_to_shipment',
    'transfer.status.transitioned',
    'transfer.status.in_transit',
    'transfer.status.transitioned',
    'transfer.status.transferred',
  ]);
  expect(await sequencesOf(`transfer/${number}T1`)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  await world.ended(order, 'transferred');
  await world.over(transferWorkflowId(`${number}T1`), 'transferred.transfer');
});

test('what is received short comes from another source; the source that sent too little is not asked again', async () => {
  const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2, 'S3|A': 5 });
  await world.transferIn(`${number}T1`, 'waiting');
  await world.commandTransfer(`${number}T1`, { command: 'dispatch' });

  const short = await world.commandTransfer(`${number}T1`, {
    command: 'receive',
    items: [{ id: '1', receivedQuantity: 1 }],
  });

  expect(short).toMatchObject({ state: 'transferred', items: [{ quantity: 2, receivedQuantity: 1 }] });
  expect(await world.transferIn(`${number}T2`, 'waiting')).toMatchObject({ source: 'S3', items: [{ quantity: 1 }] });
  const parcel = await eventually(async () => {
    const found = await world.records.packages.find(number);
    return found?.transfers.length === 2 && found;
  }, 'the package knows of its second transfer');
  expect(parcel).toMatchObject({
    state: 'waiting_for_transfer',
    items: [{ quantity: 2, awaited: 1 }, { quantity: 1 }],
  });
  await holds(order, 'P1 S1 A 1', 'P1 S1 B 1', 'P1 S3 A 1');
  const pages = await world.records.reservations.pagesOf([shop.goods.A]);
  expect(pages.find(({ location }) => location === 'S2')?.discrepancies).toMatchObject([{ quantity: 1, order }]);
  await world.commandTransfer(`${number}T2`, { command: 'dispatch' });
  await world.commandTransfer(`${number}T2`, { command: 'receive' });
  await world.packageIn(number, 'waiting');
  await holds(order, 'P1 S1 A 2', 'P1 S1 B 1');
});

test('a source that has nothing: its transfer ends, and another source brings the goods to the same package', async () => {
  const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2, 'S3|A': 5 });
  await world.transferIn(`${number}T1`, 'waiting');

  const ended = await world.commandTransfer(`${number}T1`, { command: 'report_missing' });

  expect(ended).toMatchObject({ state: 'cancelled', reason: { kind: 'missing', code: 'not_found' } });
  expect(await world.transferIn(`${number}T2`, 'waiting')).toMatchObject({ source: 'S3', items: [{ quantity: 2 }] });
  await world.packageIn(number, 'waiting_for_transfer');
  await holds(order, 'P1 S1 B 1', 'P1 S3 A 2');
});

test('a source that lacks some units only is asked for the others again', async () => {
  const { number } = await place({ 'S2|A': 2, 'S2|B': 1, 'S3|A': 2 });
  await world.transferIn(`${number}T1`, 'waiting');

  await world.commandTransfer(`${number}T1`, { command: 'report_missing', items: [{ id: '1', quantity: 1 }] });

  // Both begin side by side.
  for (const n of [2, 3]) await world.transferIn(`${number}T${n}`, 'waiting');
  const found = await world.records.transfers.ofPackages([{ order: number.replace(/P1$/, ''), transfers: ['T1'] }]);
  expect(found.slice(1).map(({ source, items }) => [source, ...items.map(({ quantity }) => quantity)])).toEqual([
    ['S2', 1],
    ['S3', 2],
  ]);
});

test('without another source the package goes on with what it has, and the rest is parked', async () => {
  const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2 });
  await world.transferIn(`${number}T1`, 'waiting');

  await world.commandTransfer(`${number}T1`, { command: 'report_missing' });

  expect(await world.packageIn(`${order}P2`, 'out_of_stock')).toMatchObject({
    items: [{ sku: shop.goods.A, quantity: 2 }],
  });
  expect(await world.packageIn(number, 'waiting')).toMatchObject({ items: [{ sku: shop.goods.B, quantity: 1 }] });
  await holds(order, 'P1 S1 B 1');
  expect(await shop.quantitiesOf(order)).toMatchObject([{ parked: 2 }, { inPackages: 1 }]);
});

test('a package that was to get everything from elsewhere is over when no source is left', async () => {
  const { order, number } = await place({ 'S2|A': 2, 'S2|B': 1 });
  await world.transferIn(`${number}T1`, 'waiting');

  await world.commandTransfer(`${number}T1`, { command: 'report_missing' });

  expect(await world.packageIn(`${order}P2`, 'out_of_stock')).toMatchObject({
    items: [{ quantity: 2 }, { quantity: 1 }],
  });
  expect(await world.packageIn(number, 'cancelled')).toMatchObject({
    reason: { kind: 'missing', code: 'no_source' },
    replacedBy: [`${order}P2`],
  });
  await holds(order);
  await world.command(`${order}P2`, { command: 'cancel', reason: 'customer' });
  await world.ended(order, 'noSource', [number, `${order}P2`]);
  await world.over(transferWorkflowId(`${number}T1`), 'noSource.transfer');
});

test('while the order is held no other source is looked for; after its release one is', async () => {
  const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2, 'S3|A': 5 });
  await world.transferIn(`${number}T1`, 'waiting');
  const ask = (command: OrderCommand) => world.orchestrator.commandOrder(order, command, { by: 'test' });
  await ask({ command: 'hold', reason: 'fraud check' });

  await world.commandTransfer(`${number}T1`, { command: 'report_missing' });

  // The order has been at rest since then.
  expect(await ask({ command: 'change_priority', priority: 1 })).toMatchObject({ decisions: 1 });
  expect(await world.records.transfers.find(`${number}T2`)).toBeNull();
  await ask({ command: 'release' });
  expect(await world.transferIn(`${number}T2`, 'waiting')).toMatchObject({ source: 'S3' });
});

test('a cancelled transfer is brought by another source', async () => {
  const { number } = await place({ 'S1|B': 1, 'S2|A': 2, 'S3|A': 5 });
  await world.transferIn(`${number}T1`, 'waiting');
  await world.commandTransfer(`${number}T1`, { command: 'ready' });

  const ended = await world.commandTransfer(`${number}T1`, { command: 'cancel', note: 'van broke down' });

  expect(ended).toMatchObject({ state: 'cancelled', reason: { kind: 'cancellation', note: 'van broke down' } });
  expect(await world.transferIn(`${number}T2`, 'waiting')).toMatchObject({ source: 'S3' });
});

describe('a cancelled package', () => {
  test('ends its transfers that have not left', async () => {
    const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2 });
    await world.transferIn(`${number}T1`, 'waiting');

    await world.command(number, { command: 'cancel', reason: 'customer' });

    expect(await world.transferIn(`${number}T1`, 'cancelled')).toMatchObject({ reason: { kind: 'unwanted' } });
    await world.orderIn(order, 'cancelled');
    await holds(order);
  });

  test('lets goods that travel arrive, free for others', async () => {
    const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2 });
    await world.transferIn(`${number}T1`, 'waiting');
    await world.commandTransfer(`${number}T1`, { command: 'dispatch' });

    await world.command(number, { command: 'cancel', reason: 'customer' });

    await world.orderIn(order, 'cancelled');
    await holds(order);
    expect(await world.records.transfers.find(`${number}T1`)).toMatchObject({
      state: 'in_transit',
      items: [{ quantity: 2, unwanted: 2 }],
    });
    const arrived = await world.commandTransfer(`${number}T1`, { command: 'receive' });
    expect(arrived).toMatchObject({ state: 'transferred', items: [{ quantity: 2, receivedQuantity: 2 }] });
    await holds(order);
  });
});

test('a person may move a package that waits for its transfer; the transfer is given up', async () => {
  const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2 });
  await world.transferIn(`${number}T1`, 'waiting');

  await world.command(number, {
    command: 'plan_manually',
    groups: allTo('S2'),
  });

  const moved = await world.packageIn(`${order}P2`, 'waiting');
  expect(moved).toMatchObject({ location: 'S2', transfers: [] });
  expect(moved.items.every(({ awaited }) => awaited === undefined)).toBe(true);
  await world.transferIn(`${number}T1`, 'cancelled');
  await holds(order, 'P2 S2 A 2', 'P2 S2 B 1');
});

test('two sources that fail at once: each of their goods is looked for, and no number is used twice', async () => {
  const { order, number } = await place({ 'S2|A': 2, 'S3|B': 1 });
  await Promise.all([world.transferIn(`${number}T1`, 'waiting'), world.transferIn(`${number}T2`, 'waiting')]);
  world.stock.table.set(`S3|${shop.goods.A}`, 2);
  world.stock.table.set(`S2|${shop.goods.B}`, 1);

  await Promise.all(
    ['T1', 'T2'].map((suffix) => world.commandTransfer(`${number}${suffix}`, { command: 'report_missing' })),
  );

  await Promise.all([world.transferIn(`${number}T3`, 'waiting'), world.transferIn(`${number}T4`, 'waiting')]);
  await holds(order, 'P1 S2 B 1', 'P1 S3 A 2');
  expect(await shop.quantitiesOf(order)).toMatchObject([{ inPackages: 2 }, { inPackages: 1 }]);
});

test('the same receipt many times, by update and by signal: one effect', async () => {
  const { order, number } = await place({ 'S1|B': 1, 'S2|A': 2 });
  await world.transferIn(`${number}T1`, 'waiting');
  await world.commandTransfer(`${number}T1`, { command: 'dispatch' });
  const receive = { command: 'receive' } as const;

  await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      at % 2 === 0
        ? world.commandTransfer(`${number}T1`, receive, 'once')
        : world.orchestrator.signalTransfer(`${number}T1`, receive, { id: 'once', by: 'test' }),
    ),
  );

  await world.packageIn(number, 'waiting');
  await holds(order, 'P1 S1 A 2', 'P1 S1 B 1');
  expect(await sequencesOf(`transfer/${number}T1`)).toEqual([1, 2, 3, 4, 5]);
});

test('a command that the state does not allow is refused with the state and what is allowed', async () => {
  const { number } = await place({ 'S1|B': 1, 'S2|A': 2 });
  await world.transferIn(`${number}T1`, 'waiting');

  await expect(world.commandTransfer(`${number}T1`, { command: 'receive' })).rejects.toMatchObject({
    code: 'transfer.illegal_transition',
    options: { context: { state: 'waiting', allowed: ['ready', 'dispatch', 'report_missing', 'cancel'] } },
  });
  await world.commandTransfer(`${number}T1`, { command: 'dispatch' });
  await expect(
    world.commandTransfer(`${number}T1`, { command: 'receive', items: [{ id: '1', receivedQuantity: 3 }] }),
  ).rejects.toMatchObject({
    code: 'request.unprocessable',
    options: { errors: [{ pointer: '/items/0/receivedQuantity' }] },
  });
});

test('a transfer keeps the life cycle that was in force when it began: names of its own, and what it is without', async () => {
  const { lifecycles } = world.configuration;
  const changes = {
    states: {},
    transitions: [],
    commands: { report_missing: { off: true }, dispatch: { slug: 'leave' } },
  };
  await lifecycles.createDraft('transfer', changes, new Date());
  await lifecycles.publish('transfer', 'test', new Date());
  const { number } = await place({ 'S1|A': 1, 'S2|A': 1, 'S2|B': 1 });
  const transfer = `${number}T1`;
  expect(await world.transferIn(transfer, 'waiting')).toMatchObject({ lifecycle: { name: 'transfer', version: 1 } });
  // What begins after this is under another one.
  await lifecycles.createDraft('transfer', { ...changes, commands: {} }, new Date());
  await lifecycles.publish('transfer', 'test', new Date());

  const missing = [{ id: '1', quantity: 1, kind: 'not_found' }] as const;
  const refused = world.commandTransfer(transfer, { command: 'report_missing', items: missing });

  await expect(refused).rejects.toMatchObject({ code: 'transfer.illegal_transition' });
  await expect(refused).rejects.toMatchObject({ options: { context: { allowed: ['ready', 'dispatch', 'cancel'] } } });
  const leave = { command: 'leave' } as never;
  await world.client.workflow.getHandle(transferWorkflowId(transfer)).signal(transferCommandSignal, leave);
  await world.transferIn(transfer, 'in_transit');
  await world.commandTransfer(transfer, { command: 'receive' });
  expect(await world.packageIn(number, 'waiting')).toMatchObject({ transfers: [transfer] });
});
