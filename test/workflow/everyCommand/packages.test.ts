import type { Scenario, TransferScenario } from '../../../src/domain/configuration/scenario.js';
import { allowedCommands, isFinal, type AllowedCommand } from '../../../src/domain/lifecycle/lifecycle.js';
import {
  PACKAGE_LIFECYCLE,
  type PackageCommandName,
  type PackageState,
} from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { PackageCommand } from '../../../src/domain/package/commands.js';
import { eventually } from '../../support/eventually.js';
import { lines, newOrder } from '../support/brand.js';
import { openMatrix, type Matrix, type Target } from '../support/matrix.js';
import { serveWorld } from '../support/serveWorld.js';
import { allTo, openShop, type Shop } from '../support/shop.js';
import { openWorld, type World } from '../support/world.js';

// Every command from every state of a package: allowed exactly when the table says so.
const of = (channel: string) =>
  ({ channel: { in: [channel] }, shippingOption: 'any', paymentType: 'any', customerType: 'any' }) as const;

const atS1 = { name: 'at S1', strategy: 'partial', locations: { include: ['S1'] }, rank: [] } as const;
const common = { priority: 1, defaultLocation: 'S1' };

const scenarios: readonly Scenario[] = [
  { name: 'web', ...common, conditions: of('web'), rules: [atS1] },
  { name: 'market', ...common, conditions: of('market'), initialState: 'waiting_remote_action', rules: [atS1] },
  { name: 'one roof', ...common, conditions: of('one roof'), rules: [{ ...atS1, transferable: true }] },
];
const transferScenarios: readonly TransferScenario[] = [
  {
    name: 'from anywhere',
    priority: 1,
    conditions: of('one roof'),
    rules: [{ name: 'any', lines: 'any', sources: {}, rank: [] }],
  },
];

type CallerCommand = PackageCommand['command'];

/** Each command with parameters that fit two of A and one of B at S1. */
const COMMANDS: { readonly [Name in CallerCommand]: PackageCommand } = {
  prepare: { command: 'prepare' },
  ready: { command: 'ready' },
  prepare_items: { command: 'prepare_items', found: [{ id: '1', quantity: 2 }] },
  deallocate: { command: 'deallocate' },
  pack: { command: 'pack' },
  refuse: { command: 'refuse', reason: 'damaged' },
  report_missing: { command: 'report_missing', items: [{ id: '1', quantity: 1, kind: 'not_found' }] },
  replace_product: { command: 'replace_product', item: '2', sku: 'C' },
  block: { command: 'block', reason: 'count again' },
  unblock: { command: 'unblock' },
  release: { command: 'release' },
  reschedule: { command: 'reschedule' },
  plan_manually: { command: 'plan_manually', groups: allTo('S2') },
  update_label: { command: 'update_label' },
  update_invoice: {
    command: 'update_invoice',
    number: 'F-1',
    type: 'e-archive',
    date: '2026-11-23',
    url: 'https://invoices.example/F-1',
  },
  ship: { command: 'ship', withoutIntegration: true },
  update_shipment: { command: 'update_shipment', carrier: 'swift', trackingNumber: 'T-9' },
  ready_for_pickup: { command: 'ready_for_pickup' },
  hand_over: { command: 'hand_over' },
  attempt_delivery: { command: 'attempt_delivery' },
  deliver: { command: 'deliver' },
  fail_delivery: { command: 'fail_delivery' },
  return: { command: 'return' },
  pack_for_refund: { command: 'pack_for_refund' },
  cancel: { command: 'cancel', reason: 'customer' },
  confirm_cancellation: { command: 'confirm_cancellation' },
  refuse_cancellation: { command: 'refuse_cancellation' },
};

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;
let matrix: Matrix;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld({ scenarios, transferScenarios, settings: { allowReplacement: true } });
  shop = openShop(world);
  api = await serveWorld(world);
  matrix = openMatrix(world, api);
});

beforeEach(() => void (world.carrier.isDown = false));

afterAll(async () => {
  await api.close();
  await world.close();
});

interface Circumstances {
  readonly order?: object;
  /** `location|A` -> units; plenty at S1 and S2 when absent. */
  readonly stock?: Readonly<Record<string, number>>;
}

/** A package of a new order of goods of its own, moved on by commands. */
const after =
  (names: readonly CallerCommand[], { order, stock }: Circumstances = {}) =>
  async (): Promise<string> => {
    shop.restock(stock);
    const goods = lines([shop.goods.A, 2], [shop.goods.B, 1]);
    const number = `${await world.place(newOrder({ lines: goods, ...order }))}P1`;
    await eventually(() => world.records.packages.find(number), number);
    for (const name of names) await world.command(number, COMMANDS[name]);
    return number;
  };

const collected = { delivery: { type: 'click_and_collect', pickupLocation: 'S1' } };
const fromElsewhere = { order: { channel: 'one roof' }, stock: { 'S2|A': 2, 'S2|B': 1 } };

/** How a package gets into each state, and stays there. */
const REACH: { readonly [State in PackageState]: () => Promise<string> } = {
  waiting: after([]),
  waiting_remote_action: after([], { order: { channel: 'market' } }),
  preparing: after(['prepare']),
  waiting_for_transfer: after([], fromElsewhere),
  ready_for_packaging: after(['ready']),
  waiting_cargo_label: async () => {
    world.carrier.isDown = true;
    return after(['pack'])();
  },
  packed: after(['pack']),
  shipped: after(['pack', 'ship']),
  ready_for_pickup: after(['pack', 'ready_for_pickup']),
  attempted_delivery: after(['pack', 'ship', 'attempt_delivery']),
  delivered: after(['pack', 'ship', 'deliver']),
  delivery_failed: after(['pack', 'ship', 'fail_delivery']),
  returned: after(['pack', 'ship', 'return']),
  // Nobody but a person may send it elsewhere.
  needs_rescheduling: after(['refuse'], { order: collected }),
  out_of_stock: after([], { stock: {} }),
  blocked: after(['block']),
  stale_waiting: async () => {
    const number = await after([])();
    const { updatedAt: before } = await world.packageIn(number, 'waiting');
    await world.orchestrator.tellOverdue(number, {
      kind: 'stale',
      before: new Date(Date.parse(before) + 1).toISOString(),
    });
    return number;
  },
  cancellation_waiting: async () => {
    world.carrier.isDown = false;
    const number = await after(['pack'])();
    world.carrier.isDown = true;
    await world.command(number, COMMANDS.cancel);
    return number;
  },
  cancelled: after(['cancel']),
  packed_for_refund: after(['pack_for_refund']),
};

async function packageReached(state: PackageState): Promise<Target> {
  const target = { kind: 'package', number: await REACH[state]() } as const;
  await world.packageIn(target.number, state);
  if (isFinal(PACKAGE_LIFECYCLE, state)) await world.closed(`package/${target.number}`);
  else await matrix.atRest(target);
  return target;
}

/** Where a package was before it was blocked or its cancellation was asked. */
const BEFORE: Partial<Record<PackageState, PackageState>> = { blocked: 'waiting', cancellation_waiting: 'packed' };

/** Only a carrier that is down keeps a package there, and it is one for all. */
const NEED_CARRIER_DOWN: readonly PackageState[] = ['waiting_cargo_label', 'cancellation_waiting'];

const states = Object.keys(REACH) as PackageState[];

const rowsOf = (state: PackageState) => allowedCommands(PACKAGE_LIFECYCLE, state, BEFORE[state]);

/** What the table does not allow, and what it leaves to the system. */
function refusedIn(state: PackageState) {
  const allowed = rowsOf(state).map(({ command }) => command);
  const others = Object.values(COMMANDS).filter(({ command }) => !allowed.includes(command));
  const ours = PACKAGE_LIFECYCLE.transitions.filter(({ by }) => by === 'system').map(({ command }) => ({ command }));
  return { allowed, others, ours };
}

type Row = AllowedCommand<PackageState, PackageCommandName>;

async function takes(state: PackageState, { command, to }: Row, way: 'api' | 'signal'): Promise<void> {
  const target = await packageReached(state);
  const given = COMMANDS[command as CallerCommand];
  if (command === 'update_label') world.carrier.isDown = false;
  if (way === 'signal') await matrix.signal(target, given);
  else {
    const { status, body } = await matrix.send(target, given);
    expect([command, status, body['detail']]).toEqual([command, 200, undefined]);
  }
  await matrix.accepted(target, given, state, to);
}

describe.each(states.filter((state) => !isFinal(PACKAGE_LIFECYCLE, state)))('a package in state %s', (state) => {
  const rows = rowsOf(state);
  const { allowed, others, ours } = refusedIn(state);

  test(`takes ${allowed.join(', ')}`, async () => {
    const wayOf = (index: number) => ((states.indexOf(state) + index) % 2 === 0 ? 'api' : 'signal');
    const tries = rows.map((row, index) => () => takes(state, row, wayOf(index)));

    if (NEED_CARRIER_DOWN.includes(state)) for (const one of tries) await one();
    else await Promise.all(tries.map((one) => one()));
  });

  test('refuses everything else', async () => {
    const target = await packageReached(state);

    await matrix.refusesByApi(target, others, { state, allowed });
    await matrix.refusesBySignal(target, [...others, ...ours], { state, allowed });
  });
});

describe.each(states.filter((state) => isFinal(PACKAGE_LIFECYCLE, state)))('a package that ended as %s', (state) => {
  const rows = rowsOf(state);
  const { allowed, others } = refusedIn(state);

  test(`takes ${allowed.join(', ') || 'nothing'}, and refuses everything else`, async () => {
    const target = await packageReached(state);

    await matrix.refusesByApi(target, others, { state, allowed });
    await matrix.hearsNothing(target, COMMANDS.prepare);
    await Promise.all(rows.map((row) => takes(state, row, 'api')));
  });
});
