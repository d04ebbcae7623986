import type { Scenario, TransferScenario } from '../../../src/domain/configuration/scenario.js';
import type { OrderCommand } from '../../../src/domain/order/commands.js';
import type { Order } from '../../../src/domain/order/order.js';
import type { PackageCommand } from '../../../src/domain/package/commands.js';
import { OmsError } from '../../../src/platform/errors.js';
import { eventually } from '../../support/eventually.js';
import { unique } from '../../support/stack.js';
import { lines, newOrder } from './brand.js';
import { openShop } from './shop.js';
import type { World } from './world.js';

const conditions = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;
const from = { strategy: 'partial', transferable: true } as const;

/** S1 packs what comes from anywhere, and S2 what S1 refuses. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'default',
    priority: 1,
    defaultLocation: 'S1',
    conditions,
    rules: ['S1', 'S2'].map((code) => ({ name: `at ${code}`, ...from, locations: { include: [code] }, rank: [] })),
  },
];

export const TRANSFER_SCENARIOS: readonly TransferScenario[] = [
  {
    name: 'from S3',
    priority: 1,
    conditions,
    rules: [{ name: 'S3', lines: 'any', sources: { include: ['S3'] }, rank: [] }],
  },
];

/** The way of an order through the world, which goes on however often somebody dies. */
export interface Journey {
  readonly name: string;
  /** Where two of A and one of B lie: `location|A` -> units. */
  readonly stock: Readonly<Record<string, number>>;
  /** What belongs to it, beside the order itself; `P1` is its first package. */
  readonly workflows: readonly string[];
  readonly ends: { readonly order: string; readonly packages: readonly string[] };
  run(travel: Travel): Promise<void>;
}

const workOff = async ({ package: given, packageIn }: Travel, n: number): Promise<void> => {
  await packageIn(n, 'waiting');
  for (const command of ['prepare', 'ready', 'pack'] as const) await given(n, { command });
  // A carrier that was asked by somebody who died is asked again, and the label is waited for.
  await packageIn(n, 'packed');
  await given(n, { command: 'ship' });
  await packageIn(n, 'delivered');
};

const plenty = { 'S1|A': 2, 'S1|B': 1, 'S2|A': 2, 'S2|B': 1 };

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'standard',
    stock: plenty,
    workflows: ['package/P1'],
    ends: { order: 'completed', packages: ['delivered'] },
    run: (travel) => workOff(travel, 1),
  },
  {
    name: 'refused once',
    stock: plenty,
    workflows: ['package/P1', 'package/P2'],
    ends: { order: 'completed', packages: ['cancelled', 'delivered'] },
    run: async (travel) => {
      await travel.packageIn(1, 'waiting');
      await travel.package(1, { command: 'refuse', reason: 'damaged' });
      await workOff(travel, 2);
    },
  },
  {
    name: 'with a transfer',
    stock: { 'S1|A': 2, 'S3|B': 1 },
    workflows: ['package/P1', 'transfer/P1T1'],
    ends: { order: 'completed', packages: ['delivered'] },
    run: async (travel) => {
      await travel.transfer('dispatch');
      await travel.transfer('receive');
      await workOff(travel, 1);
    },
  },
  {
    name: 'cancelled after packing',
    stock: plenty,
    workflows: ['package/P1'],
    ends: { order: 'cancelled', packages: ['cancelled'] },
    run: async (travel) => {
      await travel.packageIn(1, 'waiting');
      for (const command of ['prepare', 'pack'] as const) await travel.package(1, { command });
      await travel.packageIn(1, 'packed');
      await travel.order({ command: 'cancel', reason: 'customer' });
    },
  },
];

export type Travel = ReturnType<typeof travelOf>;

/** An order of a journey, with goods that no other order has. */
export function prepare(world: World, { stock }: Journey): Order {
  const shop = openShop(world, unique('G'));
  shop.restock(stock);
  const order = newOrder({ lines: lines([shop.goods.A, 2], [shop.goods.B, 1]) });
  for (const n of [1, 2])
    world.carrier.script(`${order.number}P${n}`, ['SHIPPING', 'OUT_FOR_DELIVERY', 'DELIVERED'], () =>
      Promise.resolve(),
    );
  return order;
}

/** What people and stores do for an order. A command that is not answered is sent again under its id, as it must be. */
export function travelOf(world: World, number: string) {
  const { orchestrator } = world;
  const insist = (what: string, send: (meta: { by: string; id: string }) => Promise<unknown>) => {
    const meta = { by: 'test', id: unique('command') };
    return eventually(
      async () => {
        try {
          return { answer: await send(meta) };
        } catch (error) {
          if (error instanceof OmsError && error.code === 'command.unanswered') return null;
          throw error;
        }
      },
      what,
      150_000,
    );
  };
  return {
    number,
    packageIn: (n: number, state: string) =>
      eventually(
        async () => (await world.records.packages.find(`${number}P${n}`))?.state === state,
        `${number}P${n} in ${state}`,
        150_000,
      ),
    package: (n: number, command: PackageCommand) =>
      insist(`${command.command} of ${number}P${n}`, (meta) =>
        orchestrator.commandPackage(`${number}P${n}`, command, meta),
      ),
    order: (command: OrderCommand) =>
      insist(`${command.command} of ${number}`, (meta) => orchestrator.commandOrder(number, command, meta)),
    transfer: async (command: 'dispatch' | 'receive') => {
      const transfer = `${number}P1T1`;
      await eventually(() => world.records.transfers.find(transfer), transfer, 150_000);
      await insist(`${command} of ${transfer}`, (meta) => orchestrator.commandTransfer(transfer, { command }, meta));
    },
  };
}
