import type { Scenario, TransferScenario } from '../../../src/domain/configuration/scenario.js';
import type { OrderCommand } from '../../../src/domain/order/commands.js';
import type { PackageCommand } from '../../../src/domain/package/commands.js';
import { eventually } from '../../support/eventually.js';
import { lines, newOrder } from './brand.js';
import type { Receiver } from './outside.js';
import { allTo, type Shop } from './shop.js';
import type { World } from './world.js';

const tagged = (tag: string) => `order.tags.exists(t, t == '${tag}')`;
const rank = [{ by: 'priority', order: 'asc' }] as const;
const conditions = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;

/** Tags choose how an order is planned: under `roof`, `split` line by line, or at one place. */
export const scenario: Scenario = {
  name: 'default',
  priority: 100,
  defaultLocation: 'S1',
  conditions,
  rules: [
    {
      ...{ name: 'one roof', when: tagged('roof'), strategy: 'partial', transferable: true },
      ...{ locations: { include: ['S1'] }, rank: [] },
    },
    {
      ...{ name: 'first', when: tagged('split'), lines: "line.id == '1'", strategy: 'single' },
      ...{ locations: { include: ['S1'] }, rank: [] },
    },
    {
      ...{ name: 'second', when: tagged('split'), lines: "line.id == '2'", strategy: 'single' },
      ...{ locations: { include: ['S2'] }, rank: [] },
    },
    { name: 'one place', strategy: 'single', locations: {}, rank },
  ],
};

export const fromAnywhere: TransferScenario = {
  name: 'from anywhere',
  priority: 100,
  conditions,
  rules: [{ name: 'any', lines: 'any', sources: {}, rank }],
};

export interface Place {
  readonly world: World;
  readonly shop: Shop;
  /** Gets every event of a subject in its order; the receiver of the world gets them as they come. */
  readonly inOrder: Receiver;
}

/** Brings an order to its end; answers its number. */
export type Journey = (place: Place) => Promise<string>;

export const S1_AND_S2 = { 'S1|A': 9, 'S1|B': 9, 'S2|A': 9, 'S2|B': 9 };

export const placeOrder = ({ world, shop }: Place, change: object = {}): Promise<string> =>
  world.place(newOrder({ lines: lines([shop.goods.A, 2], [shop.goods.B, 1]), ...change }));

export const inTurn = async ({ world }: Place, number: string, ...commands: readonly PackageCommand['command'][]) => {
  for (const command of commands) await world.command(number, { command } as PackageCommand);
};

export const ask = ({ world }: Place, order: string, command: OrderCommand, id?: string) =>
  world.orchestrator.commandOrder(order, command, { by: 'test', ...(id !== undefined && { id }) });

/** prepare to delivered; the carrier's news come one by one. */
async function deliver({ world }: Place, number: string): Promise<void> {
  world.carrier.script(number, ['SHIPPING', 'OUT_FOR_DELIVERY', 'DELIVERED'], () => Promise.resolve());
  await world.workOff(number);
  await world.closed(`package/${number}`);
}

export const JOURNEYS: Readonly<Record<string, Journey>> = {
  'from intake to delivery': async (here) => {
    here.shop.restock(S1_AND_S2);
    const order = await placeOrder(here);
    await deliver(here, `${order}P1`);
    await here.world.ended(order, 'carried-on');
    return order;
  },

  'refused, and planned elsewhere': async (here) => {
    here.shop.restock(S1_AND_S2);
    const order = await placeOrder(here);
    await here.world.packageIn(`${order}P1`, 'waiting');
    await here.world.command(`${order}P1`, { command: 'refuse', reason: 'damaged' });
    await deliver(here, `${order}P2`);
    return order;
  },

  'a transfer that is received short': async (here) => {
    const { world, shop } = here;
    shop.restock({ 'S1|B': 1, 'S2|A': 2, 'S3|A': 5 });
    const order = await placeOrder(here, { tags: ['roof'] });
    const number = `${order}P1`;
    await world.transferIn(`${number}T1`, 'waiting');
    await world.commandTransfer(`${number}T1`, { command: 'dispatch' });
    await world.commandTransfer(`${number}T1`, {
      command: 'receive',
      items: [{ id: '1', receivedQuantity: 1 }],
    });
    await world.transferIn(`${number}T2`, 'waiting');
    await world.commandTransfer(`${number}T2`, { command: 'ready', trackingNumber: 'VAN-7' });
    await world.commandTransfer(`${number}T2`, { command: 'dispatch' });
    await world.commandTransfer(`${number}T2`, { command: 'receive' });
    await deliver(here, number);
    await world.ended(order, 'carried-on-transferred');
    await world.over(`transfer/${number}T1`, 'carried-on.transfer');
    return order;
  },

  'a transfer that nobody needs any more': async (here) => {
    const { world, shop } = here;
    shop.restock({ 'S1|B': 1, 'S2|A': 2 });
    const order = await placeOrder(here, { tags: ['roof'] });
    await world.transferIn(`${order}P1T1`, 'waiting');
    await world.command(`${order}P1`, { command: 'cancel', reason: 'customer' });
    await world.transferIn(`${order}P1T1`, 'cancelled');
    return order;
  },

  'held and released': async (here) => {
    const { world, shop } = here;
    shop.restock(S1_AND_S2);
    const order = await placeOrder(here, { tags: ['split'] });
    for (const n of [1, 2]) await world.packageIn(`${order}P${n}`, 'waiting');
    await inTurn(here, `${order}P2`, 'prepare');
    await ask(here, order, { command: 'hold', reason: 'fraud check' });
    for (const n of [1, 2]) await world.packageIn(`${order}P${n}`, 'blocked');
    await ask(here, order, { command: 'release' });
    await world.packageIn(`${order}P2`, 'preparing');
    await deliver(here, `${order}P1`);
    await inTurn(here, `${order}P2`, 'ready', 'pack', 'ship', 'deliver');
    return order;
  },

  'cancelled in part': async (here) => {
    const { world, shop } = here;
    shop.restock(S1_AND_S2);
    const order = await placeOrder(here, { tags: ['split'] });
    for (const n of [1, 2]) await world.packageIn(`${order}P${n}`, 'waiting');
    const some = { command: 'cancel', reason: 'customer', lines: [{ id: '1', quantity: 1 }] } as const;
    await ask(here, order, some);
    await ask(here, order, { ...some, lines: [{ id: '2', quantity: 1 }] });
    await world.packageIn(`${order}P2`, 'cancelled');
    await deliver(here, `${order}P1`);
    return order;
  },

  'parked, tried again in vain, and then with goods': async (here) => {
    const { world, shop } = here;
    shop.restock({});
    const order = await placeOrder(here);
    await world.packageIn(`${order}P1`, 'out_of_stock');
    await world.orderIn(order, 'parked');
    await world.command(`${order}P1`, { command: 'reschedule' });
    await eventually(async () => (await world.records.orders.find(order))?.decisions === 2, 'two decisions');
    world.stock.table.set(`S2|${shop.goods.A}`, 2).set(`S2|${shop.goods.B}`, 1);
    await world.orchestrator.wakeOrder(order, 'goods');
    await deliver(here, `${order}P2`);
    return order;
  },

  'planned by a person': async (here) => {
    here.shop.restock(S1_AND_S2);
    const order = await placeOrder(here);
    await here.world.packageIn(`${order}P1`, 'waiting');
    await here.world.command(`${order}P1`, { command: 'plan_manually', groups: allTo('S3') });
    await deliver(here, `${order}P2`);
    return order;
  },

  'sent to another address': async (here) => {
    here.shop.restock(S1_AND_S2);
    const order = await placeOrder(here);
    await here.world.packageIn(`${order}P1`, 'waiting');
    await ask(here, order, { command: 'change_address', address: { country: 'TR', state: 'Ankara' } });
    await deliver(here, `${order}P2`);
    return order;
  },

  'cancelled when it was packed, which the carrier does not allow at first': async (here) => {
    const { world, shop } = here;
    shop.restock(S1_AND_S2);
    const order = await placeOrder(here);
    const number = `${order}P1`;
    await world.packageIn(number, 'waiting');
    await inTurn(here, number, 'prepare', 'ready', 'pack');
    world.carrier.deletes = false;
    await world.command(number, { command: 'cancel', reason: 'customer' });
    await world.packageIn(number, 'packed');
    world.carrier.deletes = true;
    await ask(here, order, { command: 'cancel', reason: 'customer' });
    await world.packageIn(number, 'cancelled');
    return order;
  },

  'while the stock service, the carrier and a receiver are away': async (here) => {
    const { world, shop, inOrder } = here;
    shop.restock(S1_AND_S2);
    world.stock.mode = 'down';
    inOrder.mode = 'down';
    const order = await placeOrder(here);
    await eventually(async () => (await world.records.orders.find(order))?.waiting, 'it waits');
    await ask(here, order, { command: 'change_priority', priority: 1 });
    world.stock.mode = 'up';
    const number = `${order}P1`;
    await world.packageIn(number, 'waiting');
    world.carrier.isDown = true;
    await inTurn(here, number, 'prepare', 'ready', 'pack');
    await world.packageIn(number, 'waiting_cargo_label');
    await inTurn(here, number, 'block', 'unblock').catch(() => undefined);
    world.carrier.isDown = false;
    await world.packageIn(number, 'packed');
    inOrder.mode = 'up';
    world.carrier.report(number, 'DELIVERED');
    await inTurn(here, number, 'ship');
    return order;
  },
};
