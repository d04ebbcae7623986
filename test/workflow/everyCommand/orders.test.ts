import type { OrderCommand } from '../../../src/domain/order/commands.js';
import { orderWorkflowId } from '../../../src/workflows/messages.js';
import { eventually } from '../../support/eventually.js';
import { lines, newOrder } from '../support/brand.js';
import { openMatrix, type Matrix, type Target } from '../support/matrix.js';
import { serveWorld } from '../support/serveWorld.js';
import { openShop, type Shop } from '../support/shop.js';
import { openWorld, type World } from '../support/world.js';

// Every command from every state of an order: allowed exactly when its view says so.
const COMMANDS: readonly OrderCommand[] = [
  { command: 'cancel', reason: 'customer' },
  { command: 'hold', reason: 'fraud check' },
  { command: 'release' },
  { command: 'change_address', address: { country: 'TR', state: 'Ankara' } },
  { command: 'change_priority', priority: 2 },
  { command: 'replan' },
];

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
let matrix: Matrix;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld();
  api = await serveWorld(world);
  matrix = openMatrix(world, api);
  shop = openShop(world);
});

beforeEach(() => void (world.stock.mode = 'up'));

afterAll(async () => {
  await api.close();
  await world.close();
});

const command = (order: string, given: OrderCommand) => world.orchestrator.commandOrder(order, given, { by: 'test' });

/** An order with one package, moved on by commands. */
const withPackage =
  (...names: readonly ('prepare' | 'pack' | 'ship' | 'deliver')[]) =>
  async (): Promise<string> => {
    shop.restock();
    const { order, number } = await shop.packageOf();
    for (const name of names) await world.command(number, { command: name });
    return order;
  };

const placed = (stock: Readonly<Record<string, number>>) => {
  shop.restock(stock);
  return world.place(newOrder({ lines: lines([shop.goods.A, 2], [shop.goods.B, 1]) }));
};

interface Case {
  readonly name: string;
  readonly state: string;
  readonly allowed: readonly OrderCommand['command'][];
  readonly reach: () => Promise<string>;
}

const CASES: readonly Case[] = [
  {
    name: 'that waits for the stock service',
    state: 'planning',
    allowed: ['cancel', 'hold', 'change_address', 'change_priority', 'replan'],
    reach: async () => {
      world.stock.mode = 'down';
      const order = await placed({});
      await eventually(async () => (await world.records.orders.find(order))?.waiting, 'it waits');
      return order;
    },
  },
  {
    name: 'with a package that nobody has begun',
    state: 'in_progress',
    allowed: ['cancel', 'hold', 'change_address', 'change_priority', 'replan'],
    reach: withPackage(),
  },
  {
    name: 'with a package that is being prepared',
    state: 'in_progress',
    allowed: ['cancel', 'hold', 'change_address', 'change_priority'],
    reach: withPackage('prepare'),
  },
  {
    name: 'with a packed package',
    state: 'in_progress',
    allowed: ['cancel', 'hold', 'change_priority'],
    reach: withPackage('pack'),
  },
  {
    name: 'that has left',
    state: 'in_progress',
    allowed: ['change_priority'],
    reach: withPackage('pack', 'ship'),
  },
  {
    name: 'that nobody can pack',
    state: 'parked',
    allowed: ['cancel', 'hold', 'change_address', 'change_priority', 'replan'],
    reach: async () => {
      const order = await placed({});
      await world.orderIn(order, 'parked');
      await world.packageIn(`${order}P1`, 'out_of_stock');
      return order;
    },
  },
  {
    name: 'that is held',
    state: 'in_progress',
    allowed: ['cancel', 'release', 'change_address', 'change_priority'],
    reach: async () => {
      const order = await withPackage()();
      await command(order, { command: 'hold', reason: 'fraud check' });
      await world.packageIn(`${order}P1`, 'blocked');
      return order;
    },
  },
];

const ENDED: readonly Case[] = [
  {
    name: 'that is completed',
    state: 'completed',
    allowed: [],
    reach: async () => {
      const order = await withPackage('pack', 'ship', 'deliver')();
      await world.closed(orderWorkflowId(order));
      return order;
    },
  },
  {
    name: 'that is cancelled',
    state: 'cancelled',
    allowed: [],
    reach: async () => {
      const order = await withPackage()();
      await command(order, { command: 'cancel', reason: 'customer' });
      await world.closed(orderWorkflowId(order));
      return order;
    },
  },
];

const target = async ({ reach, state }: Case): Promise<Target> => {
  const number = await reach();
  await world.orderIn(number, state);
  return { kind: 'order', number };
};

describe.each(CASES)('an order $name', (one) => {
  const { state, allowed } = one;
  const others = COMMANDS.filter((given) => !allowed.includes(given.command));

  test('lists what it takes, and refuses everything else', async () => {
    const order = await target(one);

    const { body } = await api.call('GET', `/orders/${order.number}`);
    expect((body['commands'] as { command: string }[]).map((listed) => listed.command)).toEqual(allowed);
    await matrix.refusesByApi(order, others, { state, allowed });
    await matrix.refusesBySignal(order, [...others, { command: 'prepare' }], { state, allowed });
  });

  test.each(COMMANDS.filter((given) => allowed.includes(given.command)))(
    'takes $command by API and by signal',
    async (given) => {
      const [byApi, bySignal] = [await target(one), await target(one)];

      const { status, body } = await matrix.send(byApi, given);
      await matrix.signal(bySignal, given);

      expect([status, body['detail']]).toEqual([200, undefined]);
      for (const order of [byApi, bySignal]) await matrix.accepted(order, given, state);
    },
  );
});

test.each(ENDED)('an order $name refuses everything', async (one) => {
  const order = await target(one);

  await matrix.refusesByApi(order, COMMANDS, one);

  await matrix.hearsNothing(order, { command: 'release' });
});

describe('an order that is received and nothing more', () => {
  const known = COMMANDS.filter(({ command: name }) => name !== 'release');

  /** Stored, and its intake cut off before its workflow began. */
  const stored = async (): Promise<Target> => {
    shop.restock();
    const order = newOrder({ lines: lines([shop.goods.A, 2], [shop.goods.B, 1]) });
    await world.records.orders.insertReceived(order, new Date());
    return { kind: 'order', number: order.number };
  };

  test.each(known)('is begun by $command, which it takes', async (given) => {
    const order = await stored();

    const { status, body } = await matrix.send(order, given);

    expect([status, body['detail']]).toEqual([200, undefined]);
    await matrix.accepted(order, given);
  });

  test('refuses a release: nothing holds it', async () => {
    const order = await stored();

    expect(await matrix.send(order, { command: 'release' })).toMatchObject({
      status: 409,
      body: { allowed: ['cancel', 'hold', 'change_address', 'change_priority', 'replan'] },
    });
    expect(await matrix.auditOf(order)).toMatchObject([{ command: 'release', outcome: 'refused', way: 'api' }]);
  });

  test.each(COMMANDS)('hears $command that was signalled before it began', async (given) => {
    const order = newOrder({ lines: lines(['A', 2]) });
    await world.records.orders.insertReceived(order, new Date());
    await world.client.workflow.signalWithStart('orderWorkflow', {
      taskQueue: world.taskQueue,
      workflowId: orderWorkflowId(order.number),
      args: [{ order }],
      signal: 'command',
      signalArgs: [given],
    });

    const entry = await eventually(
      async () => (await matrix.auditOf({ kind: 'order', number: order.number }))[0],
      `${given.command} in the audit log`,
    );
    expect(entry).toMatchObject({
      command: given.command,
      outcome: given.command === 'release' ? 'refused' : 'accepted',
      before: 'received',
    });
  });
});
