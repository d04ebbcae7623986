import { OmsError } from '../../../src/platform/errors.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';
import { parcel } from './support/orders.js';

const api = useApi();

interface Result {
  number: string;
  status: number;
  problem?: { detail: string; errors?: { pointer: string }[] };
}

const run = async (items: object[], asking = {}) => {
  const { status, body } = await api.post('/v1/packages/commands', { items }, asking);
  return { status, results: (body as { results: Result[] }).results };
};

const sent = () => api.workflows.sent.map(({ number, command }) => ({ number, ...command }));

beforeAll(async () => {
  const { packages } = api.dependencies().records;
  for (const n of [1, 2, 3]) await packages.save(parcel('K1', n, n === 3 ? { location: 'S9' } : {}), 1);
});

beforeEach(() => {
  api.workflows.sent.length = 0;
  api.workflows.onCommand = (number: string) => {
    if (number !== 'K1P2') return parcel('K1', 1, { state: 'preparing', version: 2 });
    throw new OmsError('package.illegal_transition', 'K1P2 cannot', { context: { state: 'packed', allowed: [] } });
  };
});

test('200: a result for each item in the order of the body, whatever became of the others', async () => {
  const { status, results } = await run([
    { number: 'K1P1', command: 'prepare' },
    { number: 'K1P2', command: 'prepare' },
    { number: 'unknownP1', command: 'prepare' },
    { number: 'K1P1', command: 'refuse' },
    { number: 'K1P1', command: 'refuse', reason: 'nobody-knows' },
    { number: 'no number', command: 'prepare' },
    { number: 'K1P1', command: 'dance' },
  ]);

  expect(status).toBe(200);
  expect(results.map((result) => result.status)).toEqual([200, 409, 404, 400, 422, 400, 400]);
  expect(results[0]).toEqual({ number: 'K1P1', status: 200 });
  expect(results[1]).toMatchObject({ number: 'K1P2', problem: { detail: 'K1P2 cannot', state: 'packed' } });
  expect(results[3]?.problem?.errors).toMatchObject([{ pointer: '/reason' }]);
});

test('commands to the same package go to it in the order of the body', async () => {
  await run(['prepare', 'ready', 'unblock', 'pack'].map((command) => ({ number: 'K1P1', command })));

  expect(sent().map((one) => (one as { command?: string }).command)).toEqual(['prepare', 'ready', 'unblock', 'pack']);
});

test('a package of another location is as unknown as one that is not there', async () => {
  const { key } = (await api.post('/v1/keys', { name: 's', role: 'store', locations: ['S1'] })).body as { key: string };

  const { results } = await run(
    [
      { number: 'K1P3', command: 'prepare' },
      { number: 'K1P1', command: 'prepare' },
    ],
    { key },
  );

  expect(results.map(({ status }) => status)).toEqual([404, 200]);
  expect(sent()).toMatchObject([{ number: 'K1P1' }]);
});

test('a repeat under the same key is answered without being carried out; each command has an id of its own', async () => {
  const headers = { 'idempotency-key': 'many-1' };
  const items = [
    { number: 'K1P1', command: 'prepare' },
    { number: 'K1P1', command: 'ready' },
  ];

  const first = await run(items, { headers });
  const again = await run(items, { headers });

  expect(again).toEqual(first);
  expect(api.workflows.sent.map(({ meta }) => meta.id)).toEqual(['many-1#0', 'many-1#1']);
});

test('what was not answered in time is tried again by a repeat under the same key', async () => {
  const headers = { 'idempotency-key': 'many-2' };
  const items = [{ number: 'K1P1', command: 'prepare' }];
  api.workflows.onCommand = () => {
    throw new OmsError('command.unanswered', 'not in time');
  };
  const first = await run(items, { headers });
  api.workflows.onCommand = () => parcel('K1', 1, { state: 'preparing', version: 2 });

  const again = await run(items, { headers });

  expect([first, again].map(({ results }) => results[0]?.status)).toEqual([503, 200]);
});

test('400: none, or more than 200', async () => {
  const item = { number: 'K1P1', command: 'prepare' };

  expect((await run([])).status).toBe(400);
  expect((await run(Array.from({ length: 201 }, () => item))).status).toBe(400);
  expect(sent()).toEqual([]);
});

test('a refused one is in the audit log like any other', async () => {
  await run([{ number: 'K1P2', command: 'unblock' }]);

  const { body } = await api.get('/v1/audit?subject=package/K1P2&command=unblock');
  expect((body as { items: object[] }).items).toMatchObject([{ outcome: 'refused', detail: 'K1P2 cannot' }]);
});

test('oms packages commands reads them from standard input, and exits 1 when one was refused', async () => {
  const input = JSON.stringify([{ number: 'K1P1', command: 'prepare' }]);
  const refused = JSON.stringify([{ number: 'K1P2', command: 'prepare' }]);

  const good = await oms(api.url(), ADMIN_KEY, ['packages', 'commands', '-', '--json'], input);
  const bad = await oms(api.url(), ADMIN_KEY, ['packages', 'commands', '-'], refused);

  expect(good).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(good.stdout)).toEqual([{ number: 'K1P1', status: 200 }]);
  expect(bad).toMatchObject({ status: 1 });
  expect(bad.stdout).toMatch(/K1P2 cannot/);
});
