import { randomUUID } from 'node:crypto';

import { PACKAGE_LIFECYCLE, type PackageState } from '../../src/domain/lifecycle/packageLifecycle.js';
import { findTransition } from '../../src/domain/lifecycle/lifecycle.js';
import type { PackageCommand } from '../../src/domain/package/commands.js';
import { packageCommandSignal } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  for (const place of ['S1', 'S2']) for (const sku of ['A', 'B']) world.stock.table.set(`${place}|${sku}`, 10_000);
});

afterAll(() => world.close());

const everyCommand: readonly PackageCommand[] = [
  { command: 'prepare' },
  { command: 'ready' },
  { command: 'pack' },
  { command: 'ship' },
  { command: 'refuse', reason: 'damaged' },
  { command: 'block', reason: 'count again' },
  { command: 'unblock' },
  { command: 'release' },
  { command: 'reschedule' },
  { command: 'deliver' },
  { command: 'cancel', reason: 'customer' },
  { command: 'confirm_cancellation' },
  { command: 'refuse_cancellation' },
  { command: 'ready_for_pickup' },
  { command: 'attempt_delivery' },
  { command: 'fail_delivery' },
  { command: 'return' },
];

/** How a package gets into a state by commands. */
const WAYS: Partial<Record<PackageState, readonly PackageCommand[]>> = {
  waiting: [],
  preparing: [{ command: 'prepare' }],
  ready_for_packaging: [{ command: 'ready' }],
  packed: [{ command: 'pack' }],
  shipped: [{ command: 'pack' }, { command: 'ship', withoutIntegration: true }],
  blocked: [{ command: 'block', reason: 'count again' }],
  attempted_delivery: [
    { command: 'pack' },
    { command: 'ship', withoutIntegration: true },
    { command: 'attempt_delivery' },
  ],
};

async function packageReached(state: PackageState): Promise<string> {
  const number = `${await world.place(newOrder())}P1`;
  await world.packageIn(number, 'waiting');
  // The record is there a moment before Temporal has the task that wrote it.
  await eventually(async () => (await historyLength(number)) >= 5, 'the first task');
  for (const command of WAYS[state] ?? []) await world.command(number, command);
  return number;
}

const historyLength = async (number: string): Promise<number> =>
  (await world.client.workflow.getHandle(`package/${number}`).describe()).historyLength;

/** The latest first; two of one millisecond are in no order in the log. */
const auditOf = async (number: string) =>
  [...(await world.records.audit.list({ limit: 50, subject: `package/${number}` })).items].sort(
    (a, b) => b.version - a.version,
  );

describe.each(Object.keys(WAYS) as PackageState[])('a package in state %s', (state) => {
  test('refuses every command that the table does not allow, with state and allowed, and writes nothing', async () => {
    const number = await packageReached(state);
    const before = await world.records.packages.find(number);
    const length = await historyLength(number);
    const illegal = everyCommand.filter(({ command }) => findTransition(PACKAGE_LIFECYCLE, state, command) === null);

    for (const command of illegal) {
      await expect(world.command(number, command)).rejects.toMatchObject({
        code: 'package.illegal_transition',
        options: { context: { state, allowed: expect.any(Array) as string[] } },
      });
    }

    expect(illegal.length).toBeGreaterThan(5);
    expect(await world.records.packages.find(number)).toEqual(before);
    expect(await historyLength(number)).toBe(length);
  });
});

test('block keeps the reservation, and unblock leads back to where it was', async () => {
  const number = await packageReached('preparing');

  const blocked = await world.command(number, { command: 'block', reason: 'count again' });
  expect(blocked).toMatchObject({ state: 'blocked', reason: { kind: 'block', code: 'count again' } });
  expect(await world.records.reservations.ofOrder(blocked.order)).toHaveLength(2);

  expect(await world.command(number, { command: 'unblock' })).toMatchObject({ state: 'preparing', reason: null });
});

test('an unknown reason is refused with the field that names it, and changes nothing', async () => {
  const number = await packageReached('waiting');

  await expect(world.command(number, { command: 'refuse', reason: 'nobody-knows' })).rejects.toMatchObject({
    code: 'request.unprocessable',
    options: { errors: [{ pointer: '/reason' }] },
  });

  expect(await world.packageIn(number, 'waiting')).toMatchObject({ version: 1 });
  expect(await world.command(number, { command: 'prepare' })).toMatchObject({ state: 'preparing' });
});

test('a package without a shipment is not shipped without a word of how', async () => {
  const number = await packageReached('waiting');
  await world.command(number, { command: 'pack', withShipment: false });

  await expect(world.command(number, { command: 'ship' })).rejects.toMatchObject({ code: 'request.unprocessable' });

  expect(await world.command(number, { command: 'ship', withoutIntegration: true })).toMatchObject({
    state: 'shipped',
    shipment: null,
  });
});

describe('a repeated command', () => {
  test('with the same id answers the same and does nothing', async () => {
    const number = await packageReached('waiting');
    const id = randomUUID();

    const first = await world.command(number, { command: 'prepare' }, id);
    const second = await world.command(number, { command: 'prepare' }, id);

    expect(second).toEqual(first);
    expect(await world.records.packages.find(number)).toMatchObject({ version: 2 });
  });

  test('20 at once with one id, half of them as signals: one effect', async () => {
    const number = await packageReached('waiting');
    const id = randomUUID();
    const handle = world.client.workflow.getHandle(`package/${number}`);

    const sent = Array.from({ length: 20 }, (_, n) =>
      n % 2
        ? world.command(number, { command: 'prepare' }, id)
        : handle.signal(packageCommandSignal, { command: 'prepare', id }),
    );
    await Promise.all(sent);

    expect(await world.records.packages.find(number)).toMatchObject({ state: 'preparing', version: 2 });
    expect(await auditOf(number)).toMatchObject([
      { command: 'prepare', outcome: 'accepted', before: 'waiting', after: 'preparing' },
    ]);
  });

  test('20 at once without an id: one is carried out, 19 are refused and leave no trace in the history', async () => {
    const number = await packageReached('waiting');
    const length = await historyLength(number);

    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => world.command(number, { command: 'prepare' })),
    );

    const refused = answers
      .filter(({ status }) => status === 'rejected')
      .map((answer) => (answer as PromiseRejectedResult).reason as { code: string });
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 19 }, () => 'package.illegal_transition'));
    // One task of three events, accepted, search attribute, record, completed.
    expect(await historyLength(number)).toBe(length + 7);
  });

  test('the same id for another command of the same sender is refused', async () => {
    const number = await packageReached('waiting');
    const id = randomUUID();
    await world.command(number, { command: 'prepare' }, id);

    await expect(world.command(number, { command: 'ready' }, id)).rejects.toMatchObject({
      code: 'idempotency.key_reused',
    });
  });
});

describe('a signal', () => {
  test('of the same shape does what the update does', async () => {
    const number = await packageReached('waiting');

    await world.client.workflow.getHandle(`package/${number}`).signal('command', { command: 'prepare' });

    await world.packageIn(number, 'preparing');
  });

  test('that is not allowed is kept in the audit log and changes nothing', async () => {
    const number = await packageReached('waiting');

    await world.client.workflow.getHandle(`package/${number}`).signal('command', { command: 'deliver', id: 'sig-1' });
    await world.client.workflow.getHandle(`package/${number}`).signal('command', { nonsense: true });

    const entries = await eventually(async () => {
      const found = await auditOf(number);
      return found.length === 2 && found;
    }, 'two audit entries');
    expect(entries.map(({ command, by, outcome }) => [command, by, outcome])).toEqual(
      expect.arrayContaining([
        ['deliver', 'signal', 'refused'],
        ['unknown', 'signal', 'refused'],
      ]),
    );
    expect(await world.records.packages.find(number)).toMatchObject({ state: 'waiting', version: 1 });
  });
});

describe('the audit log', () => {
  test('tells of each command who sent it, by which way, and from where to where it led', async () => {
    const number = await packageReached('waiting');
    const handle = world.client.workflow.getHandle(`package/${number}`);

    await world.orchestrator.commandPackage(number, { command: 'block', reason: 'hold' }, { by: 'key1', way: 'cli' });
    await handle.signal('command', { command: 'unblock' });
    await world.packageIn(number, 'waiting');

    expect((await auditOf(number)).toReversed()).toMatchObject([
      {
        command: 'block',
        by: 'key1',
        way: 'cli',
        outcome: 'accepted',
        before: 'waiting',
        after: 'blocked',
        version: 2,
      },
      { command: 'unblock', by: 'signal', way: 'signal', outcome: 'accepted', before: 'blocked', after: 'waiting' },
    ]);
  });

  test('tells of a command that wrote nothing by itself, and not of a wrong pickup code as accepted', async () => {
    const parked = `${await world.place(newOrder({ lines: lines(['NOBODY-HAS-IT', 1]) }))}P1`;
    await world.packageIn(parked, 'out_of_stock');
    const collected = await packageReached('packed');
    await world.command(collected, { command: 'ready_for_pickup' });

    await world.command(parked, { command: 'reschedule' });
    await world.command(collected, { command: 'hand_over', pickupCode: 'wrong' }).catch(() => undefined);

    expect(await auditOf(parked)).toMatchObject([{ command: 'reschedule', outcome: 'accepted', by: 'test' }]);
    expect((await auditOf(collected)).map(({ command }) => command)).not.toContain('hand_over');
  });

  test('tells that the order cancelled a package, and that no carrier had to be asked', async () => {
    const number = await packageReached('packed');
    const order = number.replace(/P1$/, '');

    await world.orchestrator.commandOrder(order, { command: 'cancel', reason: 'customer' }, { by: 'key1', way: 'api' });

    // The order is answered before the package has confirmed.
    const entries = await eventually(async () => {
      const found = (await auditOf(number)).filter(({ way }) => way === 'system');
      return found[0]?.after === 'cancelled' && found;
    }, `${number} tells of its end`);
    expect(entries[0]).toMatchObject({ by: 'oms', before: 'cancellation_waiting', after: 'cancelled' });
    expect(entries[1]).toMatchObject({ command: 'cancel', by: `order/${order}`, before: 'packed' });
    const ofOrder = await world.records.audit.list({ limit: 50, subject: `order/${order}` });
    expect(ofOrder.items).toMatchObject([{ command: 'cancel', by: 'key1', way: 'api', before: 'in_progress' }]);
  });
});
