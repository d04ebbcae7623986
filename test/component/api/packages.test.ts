import { OmsError } from '../../../src/platform/errors.js';
import { useApi } from './support/api.js';
import { parcel } from './support/orders.js';

const api = useApi();

const first = parcel('R1', 1);
const second = parcel('R1', 2, { location: 'S2', state: 'packed', createdAt: '2026-11-23T09:00:02Z' });

beforeAll(async () => {
  const { packages } = api.dependencies().records;
  await packages.save(first, 1);
  await packages.save(second, 1);
});

beforeEach(() => {
  api.workflows.sent.length = 0;
});

const keyOf = async (role: string, locations?: string[]) =>
  (await api.post('/v1/keys', { name: role, role, ...(locations && { locations }) })).body.key as string;

const numbers = (body: unknown) => (body as { items: { number: string }[] }).items.map(({ number }) => number);

describe('GET /packages', () => {
  test('200: one, with the commands that it takes now', async () => {
    const { status, body } = await api.get('/v1/packages/R1P1');

    expect(status).toBe(200);
    expect(body).toMatchObject({ number: 'R1P1', state: 'waiting', stateCode: 100, version: 1 });
    expect(body.commands).toContainEqual(
      expect.objectContaining({ command: 'refuse', parameters: expect.objectContaining({ required: ['reason'] }) }),
    );
  });

  test('200: newest first, by state, location or order', async () => {
    expect(numbers((await api.get('/v1/packages')).body)).toEqual(['R1P2', 'R1P1']);
    expect(numbers((await api.get('/v1/packages?state=packed')).body)).toEqual(['R1P2']);
    expect(numbers((await api.get('/v1/packages?location=S1')).body)).toEqual(['R1P1']);
    expect(numbers((await api.get('/v1/packages?order=R9')).body)).toEqual([]);
  });

  test('a store key sees its locations, and elsewhere nothing', async () => {
    const key = await keyOf('store', ['S1']);

    expect(numbers((await api.get('/v1/packages', { key })).body)).toEqual(['R1P1']);
    expect(numbers((await api.get('/v1/packages?location=S2', { key })).body)).toEqual([]);
    expect((await api.get('/v1/packages/R1P1', { key })).status).toBe(200);
    expect((await api.get('/v1/packages/R1P2', { key })).status).toBe(404);
    expect((await api.post('/v1/packages/R1P2/commands', { command: 'ready' }, { key })).status).toBe(404);
    expect(api.workflows.sent).toEqual([]);
  });
});

test('an invoice that does not come: what went wrong last, not what went wrong before an earlier question', async () => {
  const { packages, invoiceNotes } = api.dependencies().records;
  const awaited = { status: 'pending' as const, command: 'pack', from: 'waiting' as const, detail: null };
  const asked = { state: 'packed' as const, awaitedInvoice: { ...awaited, since: '2026-11-23T09:00:00Z' } };
  for (const n of [1, 2, 3]) await packages.save(parcel('R5', n, asked), 1);
  const now = new Date('2026-11-23T09:00:10Z');
  await invoiceNotes.note('R5P1', { command: 'pack', detail: 'it answered 503' }, now);
  await invoiceNotes.note('R5P2', { command: 'ship', detail: 'it answered 503' }, now);

  const listed = (await api.get('/v1/packages?awaitedInvoice=pending')).body.items as {
    number: string;
    awaitedInvoice: { detail: string | null };
  }[];

  expect(Object.fromEntries(listed.map((of) => [of.number, of.awaitedInvoice.detail]))).toEqual({
    ...{ R5P1: 'it answered 503', R5P2: null, R5P3: null },
  });
});

test('a package that ended offers what its life cycle still takes then', async () => {
  await api.dependencies().records.packages.save(parcel('R4', 1, { state: 'delivered' }), 1);
  await api.dependencies().records.packages.save(parcel('R4', 2, { state: 'cancelled' }), 1);

  const offered = (await api.get('/v1/packages/R4P1')).body.commands as { command: string }[];
  expect(offered.map(({ command }) => command)).toEqual(['update_invoice', 'update_shipment']);
  expect((await api.get('/v1/packages/R4P2')).body.commands).toEqual([]);
});

test('a store does not see the pickup code, which the customer has to tell it', async () => {
  const pickup = { code: '123456', attemptsLeft: 5 };
  const { packages } = api.dependencies().records;
  await packages.save(parcel('R3', 1, { state: 'ready_for_pickup', pickup }), 1);
  const key = await keyOf('store', ['S1']);

  expect((await api.get('/v1/packages/R3P1')).body.pickup).toEqual(pickup);
  expect((await api.get('/v1/packages/R3P1', { key })).body.pickup).toEqual({ attemptsLeft: 5 });
  expect(JSON.stringify((await api.get('/v1/packages?order=R3', { key })).body)).not.toContain('123456');
});

describe('POST /packages/{number}/commands', () => {
  test('200: the view after it', async () => {
    api.workflows.onCommand = () => ({ ...first, state: 'preparing', version: 2 });

    const answer = await api.post('/v1/packages/R1P1/commands', { command: 'prepare' });

    expect(answer).toMatchObject({ status: 200, body: { state: 'preparing', stateCode: 200, version: 2 } });
    expect(api.workflows.sent).toEqual([
      {
        number: 'R1P1',
        command: { command: 'prepare' },
        meta: { by: 'admin', role: 'admin', way: 'api' },
        waits: true,
      },
    ]);
  });

  test('202: not waited for', async () => {
    const answer = await api.post(
      '/v1/packages/R1P1/commands',
      { command: 'prepare' },
      { headers: { prefer: 'respond-async' } },
    );

    expect(answer).toMatchObject({ status: 202, body: { number: 'R1P1' } });
    expect(api.workflows.sent).toMatchObject([{ waits: false }]);
  });

  test('409: what the life cycle refuses, with what it allows; remembered under its key', async () => {
    api.workflows.onCommand = () => {
      throw new OmsError('package.illegal_transition', 'ship is not possible', {
        context: { state: 'waiting', allowed: ['prepare'] },
      });
    };
    const ship = () =>
      api.post('/v1/packages/R1P1/commands', { command: 'ship' }, { headers: { 'idempotency-key': 'ship-1' } });

    const refused = await ship();
    const again = await ship();

    expect(refused).toMatchObject({
      status: 409,
      body: { type: '/problems/package.illegal_transition', state: 'waiting', allowed: ['prepare'] },
    });
    expect(again.body).toEqual(refused.body);
    expect(api.workflows.sent).toHaveLength(1);
  });

  test('409: a package whose work is over', async () => {
    api.workflows.onCommand = () => {
      throw new OmsError('workflow.ended', 'Its work is over');
    };

    expect(await api.post('/v1/packages/R1P2/commands', { command: 'ship' })).toMatchObject({
      status: 409,
      body: { state: 'packed', allowed: [] },
    });
  });

  test('503: not answered in time, with when to ask again; and not remembered', async () => {
    api.workflows.onCommand = () => {
      throw new OmsError('command.unanswered', 'not in time', { retryAfterSeconds: 7 });
    };
    const headers = { 'idempotency-key': 'slow-1' };

    const slow = await api.post('/v1/packages/R1P1/commands', { command: 'ready' }, { headers });
    api.workflows.onCommand = () => ({ ...first, state: 'ready_for_packaging' });
    const again = await api.post('/v1/packages/R1P1/commands', { command: 'ready' }, { headers });

    expect(slow.status).toBe(503);
    expect(slow.headers.get('retry-after')).toBe('7');
    expect(again.status).toBe(200);
    expect(api.workflows.sent.map(({ meta }) => meta.id)).toEqual(['slow-1', 'slow-1']);
  });

  test('500: nothing of the cause is told', async () => {
    api.workflows.onCommand = () => {
      throw new Error('mongodb://secret@10.0.0.1 refused');
    };

    const answer = await api.post('/v1/packages/R1P1/commands', { command: 'ready' });

    expect(answer).toMatchObject({ status: 500, body: { type: '/problems/internal' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|stack|at /);
  });

  test.each([
    [{ command: 'refuse', reason: 'mood' }, '/reason'],
    [{ command: 'cancel', reason: 'mood' }, '/reason'],
    [{ command: 'ship', carrier: 'pigeon', trackingNumber: 'T1' }, '/carrier'],
  ])('422: %j names what there is not', async (command, pointer) => {
    expect(await api.post('/v1/packages/R1P1/commands', command)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    });
    expect(api.workflows.sent).toEqual([]);
  });

  test('413: a command of more than 64 KiB', async () => {
    const note = 'x'.repeat(65_536);

    expect(await api.post('/v1/packages/R1P1/commands', { command: 'refuse', reason: 'r', note })).toMatchObject({
      status: 413,
      body: { limit: 65_536 },
    });
  });

  test('one of twenty identical commands at the same time goes through', async () => {
    api.workflows.onCommand = () => ({ ...first, state: 'preparing' });
    const headers = { 'idempotency-key': 'twenty' };

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post('/v1/packages/R1P1/commands', { command: 'prepare' }, { headers })),
    );

    expect(api.workflows.sent).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
  });
});
