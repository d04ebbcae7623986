import type { PackageCommand } from '../../src/domain/package/commands.js';
import { eventually } from '../support/eventually.js';
import { newOrder, SECRET, subscribe } from './support/brand.js';
import { serveWorld } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

// Commands to a package whose workflow has ended.
let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;

beforeAll(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  world.receiver.secret = SECRET;
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

async function delivered(): Promise<string> {
  const number = `${await world.place(newOrder())}P1`;
  await world.packageIn(number, 'waiting');
  for (const command of ['pack', 'ship', 'deliver'] as const) await world.command(number, { command });
  return number;
}

async function ended(): Promise<string> {
  const number = await delivered();
  await world.closed(`package/${number}`);
  await world.closed(`order/${number.replace(/P1$/, '')}`);
  return number;
}

const invoice = (number: string): PackageCommand => ({
  ...{ command: 'update_invoice', number, type: 'e-archive', date: '2026-11-23' },
  url: `https://invoices.example/${number}`,
});

const send = (number: string, command: object, headers: Record<string, string> = {}) =>
  api.call('POST', `/packages/${number}/commands`, command, headers);

const eventsOf = async (number: string) =>
  (await world.records.events.read({ subject: `package/${number}`, limit: 100 })).items;

const runsOf = async (number: string): Promise<number> => {
  const query = `WorkflowId = 'package/${number}'`;
  return eventually(async () => (await world.client.workflow.count(query)).count, `runs of ${number}`);
};

test('a correction is carried out in a run of its own: record, event, audit entry, and then it is over again', async () => {
  const number = await ended();
  const before = await eventsOf(number);

  const answer = await send(number, invoice('F-1'));

  expect(answer).toMatchObject({ status: 200, body: { state: 'delivered', invoice: { number: 'F-1' } } });
  await world.closed(`package/${number}`);
  const after = await eventsOf(number);
  expect(after.slice(before.length)).toMatchObject([{ type: 'package.invoice.updated', sequence: before.length + 1 }]);
  const { items } = await world.records.audit.list({ subject: `package/${number}`, limit: 1 });
  expect(items).toMatchObject([
    { command: 'update_invoice', outcome: 'accepted', before: 'delivered', after: 'delivered' },
  ]);
  expect(await world.records.orders.find(number.replace(/P1$/, ''))).toMatchObject({ state: 'completed' });
});

test('one that is sent again under its key has one effect and the same answer', async () => {
  const number = await ended();
  const key = { 'idempotency-key': 'once' };

  const [first, second] = [await send(number, invoice('F-1'), key), await send(number, invoice('F-1'), key)];

  expect(second).toMatchObject({ status: 200, body: first.body });
  expect((await world.records.packages.find(number))?.version).toBe(first.body['version']);
});

test('one that was carried out by an earlier run has no second effect when the API has forgotten its key', async () => {
  const number = await ended();
  const key = { 'idempotency-key': 'earlier' };
  await send(number, invoice('F-1'), key);
  await world.closed(`package/${number}`);
  const later = await send(number, invoice('F-2'));
  await world.closed(`package/${number}`);
  await world.database.collection('idempotency_records').deleteMany({});

  const again = await send(number, invoice('F-1'), key);

  expect(again).toMatchObject({ status: 200, body: { version: later.body['version'], invoice: { number: 'F-2' } } });
  expect((await world.records.packages.find(number))?.version).toBe(later.body['version']);
});

test('the repeat of one that came by signal is answered by the package as it is, though its end allows it no more', async () => {
  const number = `${await world.place(newOrder())}P1`;
  await world.packageIn(number, 'waiting');
  for (const command of ['pack', 'ship'] as const) await world.command(number, { command });
  const sender = { by: 'erp', id: 'last' };
  await world.client.workflow.getHandle(`package/${number}`).signal('command', { command: 'deliver', ...sender });
  await world.closed(`package/${number}`);

  const again = await send(number, { command: 'deliver' }, { 'idempotency-key': 'last' });
  const other = await send(number, { command: 'deliver' }, { 'idempotency-key': 'other' });

  expect(again).toMatchObject({ status: 200, body: { state: 'delivered' } });
  expect(other).toMatchObject({ status: 409, body: { state: 'delivered' } });
});

test('ten at once, half of them for nobody to wait for: each has its effect, and the sequence has no gap', async () => {
  const number = await ended();
  const { version } = (await world.records.packages.find(number))!;

  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => send(number, invoice(`F-${n}`), n % 2 ? { prefer: 'respond-async' } : {})),
  );

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, (_, n) => (n % 2 ? 202 : 200)));
  await eventually(
    async () => (await world.records.packages.find(number))?.version === version + 10,
    'ten more versions',
  );
  await world.closed(`package/${number}`);
  const events = await eventsOf(number);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ type }) => type === 'package.invoice.updated')).toHaveLength(10);
});

test('what the table does not allow any more is refused without another run', async () => {
  const number = await ended();

  expect(await send(number, { command: 'return' })).toMatchObject({
    status: 409,
    body: { state: 'delivered', allowed: ['update_invoice', 'update_shipment'] },
  });

  expect(await runsOf(number)).toBe(1);
});

test('a workflow that was ended by force is not begun again', async () => {
  const number = await delivered();
  const waiting = `${await world.place(newOrder())}P1`;
  await world.packageIn(waiting, 'waiting');
  await world.client.workflow.getHandle(`package/${waiting}`).terminate('by hand');

  expect(await send(waiting, { command: 'prepare' })).toMatchObject({
    status: 409,
    body: { state: 'waiting', allowed: [] },
  });

  expect([await runsOf(waiting), await runsOf(number)]).toEqual([1, 1]);
});

test('one that comes while the last webhooks are still on their way is heard by the run that waits for them', async () => {
  await subscribe(world.configuration, world.receiver.url, {
    eventTypes: ['package.status.delivered', 'package.invoice.updated'],
  });
  world.receiver.mode = 'down';
  const number = await delivered();
  await eventually(() => Promise.resolve(world.receiver.requests > 0), 'an attempt in vain');

  const answer = await send(number, invoice('F-1'));
  world.receiver.mode = 'up';

  expect(answer).toMatchObject({ status: 200, body: { invoice: { number: 'F-1' } } });
  await world.closed(`package/${number}`);
  expect(world.receiver.events.map(({ type }) => type).sort()).toEqual([
    'package.invoice.updated',
    'package.status.delivered',
  ]);
  expect(await runsOf(number)).toBe(1);
});
