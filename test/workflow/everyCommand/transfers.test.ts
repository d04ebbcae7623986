import type { Scenario, TransferScenario } from '../../../src/domain/configuration/scenario.js';
import { allowedCommands, isFinal } from '../../../src/domain/lifecycle/lifecycle.js';
import { TRANSFER_LIFECYCLE, type TransferState } from '../../../src/domain/lifecycle/transferLifecycle.js';
import type { TransferCommand } from '../../../src/domain/transfer/commands.js';
import { lines, newOrder } from '../support/brand.js';
import { openMatrix, type Matrix, type Target } from '../support/matrix.js';
import { serveWorld } from '../support/serveWorld.js';
import { openShop, type Shop } from '../support/shop.js';
import { openWorld, type World } from '../support/world.js';

// Every command from every state of a transfer: allowed exactly when the table says so.
const conditions = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;
const common = { priority: 100, conditions };
const atS1 = {
  name: 'at S1',
  strategy: 'partial',
  transferable: true,
  locations: { include: ['S1'] },
  rank: [],
} as const;
const underOneRoof: Scenario = { name: 'under one roof', ...common, defaultLocation: 'S1', rules: [atS1] };
const anySource = { name: 'any', lines: 'any', sources: {}, rank: [] };
const fromAnywhere: TransferScenario = { name: 'from anywhere', ...common, rules: [anySource] };

const COMMANDS: readonly TransferCommand[] = [
  { command: 'ready', trackingNumber: 'VAN-7' },
  { command: 'dispatch' },
  { command: 'receive' },
  { command: 'report_missing' },
  { command: 'cancel', reason: 'customer' },
];

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
let matrix: Matrix;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld({ scenarios: [underOneRoof], transferScenarios: [fromAnywhere] });
  api = await serveWorld(world);
  matrix = openMatrix(world, api);
  shop = openShop(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

const WAYS: { readonly [State in TransferState]: readonly TransferCommand['command'][] } = {
  waiting: [],
  ready_to_shipment: ['ready'],
  in_transit: ['dispatch'],
  transferred: ['dispatch', 'receive'],
  cancelled: ['cancel'],
};

async function transferReached(state: TransferState): Promise<Target> {
  shop.restock({ 'S2|A': 2 });
  const number = `${await world.place(newOrder({ lines: lines([shop.goods.A, 2]) }))}P1T1`;
  await world.transferIn(number, 'waiting');
  for (const command of WAYS[state]) await world.commandTransfer(number, { command });
  if (isFinal(TRANSFER_LIFECYCLE, state)) await world.closed(`transfer/${number}`);
  return { kind: 'transfer', number };
}

const states = Object.keys(WAYS) as TransferState[];

describe.each(states.filter((state) => !isFinal(TRANSFER_LIFECYCLE, state)))('a transfer in state %s', (state) => {
  const rows = allowedCommands(TRANSFER_LIFECYCLE, state);
  const allowed = rows.map(({ command }) => command);
  const others = COMMANDS.filter(({ command }) => !allowed.includes(command));

  test('refuses what the table does not allow', async () => {
    const target = await transferReached(state);

    await matrix.refusesByApi(target, others, { state, allowed });
    await matrix.refusesBySignal(target, [...others, { command: 'prepare' }], { state, allowed });
  });

  test.each(rows)('takes $command by API and by signal', async ({ command, to }) => {
    const given = COMMANDS.find((one) => one.command === command) ?? { command };
    const [byApi, bySignal] = [await transferReached(state), await transferReached(state)];

    const { status, body } = await matrix.send(byApi, given);
    await matrix.signal(bySignal, given);

    expect([status, to]).toEqual([200, expect.arrayContaining([body['state']])]);
    for (const target of [byApi, bySignal]) await matrix.accepted(target, given, state, to);
  });
});

test.each(['transferred', 'cancelled'] as const)('a transfer that ended as %s refuses everything', async (state) => {
  const target = await transferReached(state);

  await matrix.refusesByApi(target, COMMANDS, { state, allowed: [] });

  await matrix.hearsNothing(target, { command: 'receive' });
});
