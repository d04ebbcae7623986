import fc from 'fast-check';

import type { Scenario, TransferScenario } from '../../src/domain/configuration/scenario.js';
import { occupiesQuota } from '../../src/domain/lifecycle/packageLifecycle.js';
import { conserved, lineQuantities } from '../../src/domain/order/quantities.js';
import { heldItems } from '../../src/domain/package/items.js';
import type { PackageCommand } from '../../src/domain/package/commands.js';
import { heldByPackage, heldByTransfer } from '../../src/domain/reservations/holds.js';
import { OmsError } from '../../src/platform/errors.js';
import type { StockPage } from '../../src/store/stockBook.js';
import { eventually } from '../support/eventually.js';
import { lines, location, newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

// 200 orders want goods of which there are not enough, and people cancel, refuse and move packages meanwhile.
const ORDERS = 200;
const AT_ONCE = 50;
const SKUS = Array.from({ length: 20 }, (_, at) => `SKU-${at + 1}`);
const LOCATIONS = Array.from({ length: 10 }, (_, at) => `S${at + 1}`);
const QUOTA = 12;
const SEED = 20_261_124;

const conditions = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;
const rank = [{ by: 'priority', order: 'asc' }] as const;

const scarce: Scenario = {
  name: 'scarce',
  priority: 100,
  defaultLocation: 'S1',
  conditions,
  rules: [
    { name: 'one place', strategy: 'single', locations: { requireQuota: true }, rank },
    { name: 'one roof', strategy: 'fewest', transferable: true, locations: { include: ['S1', 'S2'] }, rank },
    { name: 'what we can', strategy: 'partial', locations: { requireQuota: true }, rank },
  ],
};

const fromAnywhere: TransferScenario = {
  name: 'from anywhere',
  priority: 100,
  conditions,
  rules: [{ name: 'any', lines: 'any', sources: {}, rank }],
};

let world: World;

beforeAll(async () => {
  world = await openWorld({ scenarios: [scarce], transferScenarios: [fromAnywhere] });
  const { locations } = world.configuration;
  for (const [index, code] of LOCATIONS.entries()) {
    const wanted = location(code, index + 1, { maxQuota: QUOTA });
    const known = await locations.find(code);
    if (known) await locations.replace(code, wanted, known.version, new Date());
    else await locations.create(code, wanted, new Date());
  }
});

afterAll(() => world.close());

interface Course {
  readonly wants: readonly [sku: string, quantity: number][];
  readonly meddling: 'none' | 'refuse' | 'cancel' | 'cancel order' | 'move' | 'cancel and refuse' | 'source fails';
}

const course = fc.record<Course>({
  wants: fc.array(fc.tuple(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 }),
  meddling: fc.constantFrom('none', 'refuse', 'cancel', 'cancel order', 'move', 'cancel and refuse', 'source fails'),
});

/** As a caller does who got no answer in time: once more, with the same id. */
async function untilAnswered(send: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof OmsError && error.code === 'command.unanswered')) throw error;
    }
  }
}

/** What another command has overtaken is refused, and that is all that may happen to it. */
const unlessOvertaken = (sent: Promise<unknown>): Promise<unknown> =>
  sent.catch((error: unknown) => {
    const isRefused = error instanceof OmsError && /illegal_transition|workflow\.ended|unprocessable/.test(error.code);
    if (!isRefused) throw error;
  });

async function meddle(order: string, { meddling }: Course): Promise<void> {
  const { records, orchestrator } = world;
  const [first] = await eventually(async () => {
    const found = await records.packages.ofOrder(order);
    return found.length > 0 && found;
  }, `${order} has a package`);
  if (!first) return;
  const command = (given: PackageCommand) => untilAnswered(() => world.command(first.number, given, given.command));
  const refuse = () => command({ command: 'refuse', reason: 'damaged' });
  const cancel = () => command({ command: 'cancel', reason: 'customer' });
  const cancelOrder = { command: 'cancel', reason: 'customer' } as const;
  const everything = first.items.map(({ id, quantity }) => ({ id, quantity }));
  const acts: Record<Course['meddling'], () => Promise<unknown>[]> = {
    none: () => [],
    refuse: () => [refuse()],
    cancel: () => [cancel()],
    'cancel order': () => [
      untilAnswered(() => orchestrator.commandOrder(order, cancelOrder, { by: 'test', id: 'cancel' })),
    ],
    move: () => [command({ command: 'plan_manually', groups: [{ location: 'S10', items: everything }] })],
    'cancel and refuse': () => [cancel(), refuse()],
    'source fails': () =>
      first.transfers.map((number) =>
        untilAnswered(() => world.commandTransfer(number, { command: 'report_missing' }, 'missing')),
      ),
  };
  await Promise.all(acts[meddling]().map(unlessOvertaken));
}

/** Nothing is on its way from one package to another any more. */
async function atRest(order: string): Promise<void> {
  await eventually(async () => {
    const record = await world.records.orders.find(order);
    const packages = await world.records.packages.ofOrder(order);
    if (!record || packages.length === 0) return false;
    const isMoving = packages.some(({ state, reason }) => {
      return state === 'needs_rescheduling' || (state === 'out_of_stock' && reason !== null);
    });
    const quantities = lineQuantities(record.order.lines, packages, record.cancelledUnits);
    return !isMoving && quantities.every(({ quantities: { unplanned } }) => unplanned === 0);
  }, `${order} is at rest`);
}

/** What every live package and transfer holds, `location|sku item` -> units, and the open packages by location. */
async function booksOf(orders: readonly string[]) {
  const holds = new Map<string, number>();
  const open = new Map<string, number>();
  const byHand = new Map<string, number>();
  const add = (sums: Map<string, number>, key: string, units: number) => sums.set(key, (sums.get(key) ?? 0) + units);
  let transfers = 0;
  for (const order of orders) {
    const record = (await world.records.orders.find(order))!;
    const parcels = await world.records.packages.ofOrder(order);
    for (const { quantities } of lineQuantities(record.order.lines, parcels, record.cancelledUnits))
      expect(conserved(quantities)).toBe(true);
    const moving = await world.records.transfers.ofPackages(parcels);
    transfers += moving.length;
    const held = [...parcels.flatMap(heldByPackage), ...moving.flatMap(heldByTransfer)];
    for (const { location: at, sku, key, quantity } of held) add(holds, `${at}|${sku} ${key}`, quantity);
    for (const parcel of parcels.filter(({ state }) => occupiesQuota(state))) add(open, parcel.location, 1);
    for (const parcel of parcels.filter(({ rule }) => rule === null))
      for (const { sku, quantity } of heldItems(parcel)) add(byHand, `${parcel.location}|${sku}`, quantity);
  }
  return { holds, open, byHand, transfers };
}

/** As the books have it. */
async function reservedNow(): Promise<Map<string, number>> {
  const pages = await world.records.reservations.model.find().lean<StockPage[]>();
  return new Map(
    pages.flatMap((page) =>
      page.holds.map(({ key, quantity }) => [`${page.location}|${page.sku} ${key}`, quantity] as const),
    ),
  );
}

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([key, units]) => b.get(key) === units);

test('in a rush on scarce goods nothing is promised twice, nothing stays held, and the quota is exact', async () => {
  const courses = fc.sample(course, { seed: SEED, numRuns: ORDERS });
  for (const [at, code] of LOCATIONS.entries())
    for (const [of, sku] of SKUS.entries()) world.stock.table.set(`${code}|${sku}`, (at * 7 + of * 3) % 4);

  // In waves that two processors can carry.
  const orders: string[] = [];
  for (let from = 0; from < ORDERS; from += AT_ONCE) {
    const wave = courses.slice(from, from + AT_ONCE).map(async (given) => {
      const order = await world.place(newOrder({ lines: lines(...given.wants) }));
      await meddle(order, given);
      return order;
    });
    orders.push(...(await Promise.all(wave)));
  }
  await Promise.all(orders.map(atRest));

  // A hold follows its record a moment later, and a transfer its package.
  await eventually(
    async () => same(await reservedNow(), (await booksOf(orders)).holds),
    'the books agree',
    30_000,
  ).catch(() => undefined);
  const { holds, open, byHand, transfers } = await booksOf(orders);
  expect(await reservedNow()).toEqual(holds);
  for (const { location: at, sku, reserved } of await world.records.reservations.pagesOf(SKUS)) {
    const key = `${at}|${sku}`;
    expect(reserved).toBeLessThanOrEqual((world.stock.table.get(key) ?? 0) + (byHand.get(key) ?? 0));
  }
  const counted = (await world.records.quotas.all()).filter((quota) => quota.open > 0);
  expect(new Map(counted.map((quota) => [quota.location, quota.open]))).toEqual(open);
  expect(transfers).toBeGreaterThan(0);
}, 600_000);

test('the same command 50 times at once, half by signal and half by update, has one effect', async () => {
  // Nobody else asks for it, and this place has room.
  await world.configuration.locations.create('S11', location('S11', 11, { maxQuota: 5 }), new Date());
  world.stock.table.set('S11|LAST', 1);
  const order = await world.place(newOrder({ lines: lines(['LAST', 1]) }));
  const number = `${order}P1`;
  await world.packageIn(number, 'waiting');
  const refuse = { command: 'refuse', reason: 'damaged' } as const;

  await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0
        ? world.command(number, refuse, 'once')
        : unlessOvertaken(world.orchestrator.signalPackage(number, refuse, { id: 'once', by: 'test' })),
    ).map(unlessOvertaken),
  );

  await world.packageIn(number, 'cancelled');
  await atRest(order);
  expect(await world.records.packages.ofOrder(order)).toMatchObject([
    { state: 'cancelled' },
    { state: 'out_of_stock' },
  ]);
  // The log of a rush is long, and an event gets its place when it is read.
  const refusals = await eventually(async () => {
    const { items } = await world.records.events.read({ limit: 50, subject: `package/${number}` });
    return items.length > 0 && items.filter(({ type }) => type === 'package.refused');
  }, `events of ${number}`);
  expect(refusals).toHaveLength(1);
});
