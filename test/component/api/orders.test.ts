import { OmsError } from '../../../src/platform/errors.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';
import { orderBody, parcel } from './support/orders.js';

const api = useApi();

beforeEach(() => {
  api.workflows.started.length = 0;
  api.workflows.sent.length = 0;
  api.workflows.onStart = () => undefined;
});

const keyOf = async (role: string, locations?: string[]) =>
  (await api.post('/v1/keys', { name: role, role, ...(locations && { locations }) })).body.key as string;

describe('POST /orders', () => {
  test('201: stored, begun, and where it is', async () => {
    const answer = await api.post('/v1/orders', orderBody('R1'));

    expect(answer).toMatchObject({
      status: 201,
      body: {
        number: 'R1',
        state: 'received',
        priority: 3,
        lines: [{ discount: 0, quantities: { ordered: 2, unplanned: 2, delivered: 0 } }],
        packages: [],
        transfers: [],
      },
    });
    expect(answer.headers.get('location')).toBe('/v1/orders/R1');
    expect(api.workflows.started).toMatchObject([{ number: 'R1' }]);
  });

  test('200: the same content again, whatever the order of its fields', async () => {
    await api.post('/v1/orders', orderBody('R2'));
    const { number, ...rest } = orderBody('R2');

    const again = await api.post('/v1/orders', { ...rest, number });

    expect(again).toMatchObject({ status: 200, body: { number: 'R2', state: 'received' } });
  });

  test('200: an order that has begun is not begun again', async () => {
    await api.post('/v1/orders', orderBody('R3'));
    const { orders } = api.dependencies().records;
    const stored = await orders.find('R3');
    if (stored) await orders.save({ ...stored, state: 'completed', version: 5 }, Date.now());
    api.workflows.started.length = 0;

    expect(await api.post('/v1/orders', orderBody('R3'))).toMatchObject({ status: 200, body: { state: 'completed' } });
    expect(api.workflows.started).toEqual([]);
  });

  test('409: other content under the same number', async () => {
    await api.post('/v1/orders', orderBody('R4'));

    expect(await api.post('/v1/orders', orderBody('R4', { channel: 'app' }))).toMatchObject({
      status: 409,
      body: { type: '/problems/order.number_taken' },
    });
    expect((await api.get('/v1/orders/R4')).body.channel).toBe('web');
  });

  test('503: what was stored and not begun is begun by the next try', async () => {
    api.workflows.onStart = () => {
      throw Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'no connection' });
    };

    const refused = await api.post('/v1/orders', orderBody('R5'), { headers: { 'idempotency-key': 'r5' } });

    expect(refused).toMatchObject({ status: 503, body: { type: '/problems/service.unavailable' } });
    expect(refused.headers.get('retry-after')).toBe('5');
    api.workflows.onStart = () => undefined;
    const again = await api.post('/v1/orders', orderBody('R5'), { headers: { 'idempotency-key': 'r5' } });
    expect(again.status).toBe(200);
    expect(api.workflows.started).toMatchObject([{ number: 'R5' }]);
  });

  test('twenty times at once: one order', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.post('/v1/orders', orderBody('R6'))));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
  });

  test.each([
    ['a number like one of its packages', orderBody('R7P1'), '/number'],
    [
      '501 lines',
      orderBody('R7', {
        lines: Array.from({ length: 501 }, (_, n) => ({ id: `${n}`, sku: 'S', name: 'n', quantity: 1, unitPrice: 1 })),
      }),
      '/lines',
    ],
    ['a field that we compute', orderBody('R7', { state: 'completed' }), '/state'],
    [
      'half a piece',
      orderBody('R7', { lines: [{ id: '1', sku: 'S', name: 'n', quantity: 0.5, unitPrice: 1 }] }),
      '/lines/0/quantity',
    ],
  ])('400: %s', async (_case, body, pointer) => {
    expect(await api.post('/v1/orders', body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  test('403: only the order source may', async () => {
    expect((await api.post('/v1/orders', orderBody('R8'), { key: await keyOf('planner') })).status).toBe(403);
    expect((await api.post('/v1/orders', orderBody('R8'), { key: await keyOf('omnitron') })).status).toBe(201);
  });
});

describe('GET /orders', () => {
  beforeAll(async () => {
    const { packages } = api.dependencies().records;
    for (const number of ['L1', 'L2', 'L3']) await api.post('/v1/orders', orderBody(number, { channel: 'listed' }));
    await packages.save(parcel('L1', 1), 1);
    await packages.save(parcel('L1', 2, { createdAt: '2026-11-23T09:00:02Z' }), 1);
    await packages.save(parcel('L2', 1, { location: 'S2' }), 1);
    await packages.save(parcel('L3', 1, { location: 'S2' }), 1);
  });

  test('200: one, with its packages, its units and its timeline', async () => {
    const { status, body } = await api.get('/v1/orders/L2');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      packages: [{ number: 'L2P1', state: 'waiting', location: 'S2' }],
      lines: [{ quantities: { inPackages: 2, unplanned: 0 } }],
      timeline: [],
    });
  });

  test('200: filtered, in pages', async () => {
    const first = await api.get('/v1/orders?channel=listed&limit=2');
    const second = await api.get(`/v1/orders?channel=listed&limit=2&cursor=${first.body.next}`);

    expect([...first.body.items, ...second.body.items].map(({ number }: { number: string }) => number).sort()).toEqual([
      'L1',
      'L2',
      'L3',
    ]);
    expect((await api.get('/v1/orders?channel=listed&state=completed')).body.items).toEqual([]);
  });

  test('a store key sees the orders with a package at its locations, each once', async () => {
    const key = await keyOf('store', ['S1']);

    const { body } = await api.get('/v1/orders?channel=listed', { key });

    expect(body.items).toMatchObject([{ number: 'L1' }]);
    expect((await api.get('/v1/orders/L1', { key })).status).toBe(200);
    expect((await api.get('/v1/orders/L2', { key })).status).toBe(404);
  });
});

describe('POST /orders/{number}/commands', () => {
  const cancel = { command: 'cancel', reason: 'customer' };

  beforeAll(() => api.put('/v1/cancellation-reasons/customer', { title: 'The customer asked' }));

  test('200: the view after it, with key and sender handed on', async () => {
    await api.post('/v1/orders', orderBody('C1'));
    const { orders } = api.dependencies().records;
    const stored = await orders.find('C1');
    api.workflows.onCommand = () => ({ ...stored, state: 'cancelled', version: 2 });

    const answer = await api.post('/v1/orders/C1/commands', cancel, { headers: { 'idempotency-key': 'c-1' } });

    expect(answer).toMatchObject({ status: 200, body: { number: 'C1', state: 'cancelled' } });
    expect(api.workflows.sent).toEqual([
      { number: 'C1', command: cancel, meta: { id: 'c-1', by: 'admin', role: 'admin', way: 'api' }, waits: true },
    ]);
  });

  test('202: not waited for', async () => {
    await api.post('/v1/orders', orderBody('C2'));

    const answer = await api.post('/v1/orders/C2/commands', cancel, { headers: { prefer: 'respond-async, wait=1' } });

    expect(answer).toMatchObject({ status: 202, body: { number: 'C2', state: 'received' } });
    expect(answer.headers.get('preference-applied')).toBe('respond-async');
    expect(api.workflows.sent).toMatchObject([{ waits: false }]);
  });

  test('422: an unknown reason, named, before any workflow hears of it', async () => {
    await api.post('/v1/orders', orderBody('C4'));

    expect(await api.post('/v1/orders/C4/commands', { ...cancel, reason: 'mood' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(api.workflows.sent).toEqual([]);
  });

  test('404: an order that is not there', async () => {
    expect((await api.post('/v1/orders/C9/commands', cancel)).status).toBe(404);
    expect(api.workflows.sent).toEqual([]);
  });

  test('409: an order whose work is over', async () => {
    await api.post('/v1/orders', orderBody('C3'));
    api.workflows.onCommand = () => {
      throw new OmsError('workflow.ended', 'Its work is over');
    };

    expect(await api.post('/v1/orders/C3/commands', cancel)).toMatchObject({
      status: 409,
      body: { type: '/problems/order.illegal_transition', state: 'received', allowed: [] },
    });
  });

  test.each([
    ['an unknown command', { command: 'explode' }],
    ['a missing parameter', { command: 'cancel' }],
    ['a parameter of another command', { ...cancel, carrier: 'c' }],
    ['a cancellation of no line', { ...cancel, lines: [] }],
    ['a cancellation of no unit', { ...cancel, lines: [{ id: '1', quantity: 0 }] }],
    ['a hold without a reason', { command: 'hold' }],
    ['a priority that there is not', { command: 'change_priority', priority: 6 }],
    ['half a coordinate', { command: 'change_address', address: { country: 'TR', latitude: 41 } }],
    ['an address without a country', { command: 'change_address', address: { line: 'Moda Cd. 1' } }],
  ])('400: %s', async (_case, body) => {
    expect((await api.post('/v1/orders/C1/commands', body)).status).toBe(400);
  });

  test('409: with what the order takes as it is now, and what the refusal adds', async () => {
    await api.post('/v1/orders', orderBody('C5'));
    api.workflows.onCommand = () => {
      const context = { state: 'in_progress', allowed: [], cancellable: [{ id: '1', quantity: 1 }] };
      throw new OmsError('order.illegal_transition', 'Not so many', { context });
    };

    expect(await api.post('/v1/orders/C5/commands', { ...cancel, lines: [{ id: '1', quantity: 2 }] })).toMatchObject({
      status: 409,
      body: {
        state: 'received',
        allowed: ['cancel', 'hold', 'change_address', 'change_priority', 'replan'],
        cancellable: [{ id: '1', quantity: 1 }],
      },
    });
  });

  test('200: the view offers what can run, and shows a changed order beside what was accepted', async () => {
    await api.post('/v1/orders', orderBody('C6'));
    const { orders } = api.dependencies().records;
    const stored = (await orders.find('C6'))!;
    const hold = { reason: 'fraud check', since: stored.createdAt };
    await orders.save({ ...stored, version: 1, hold, changes: { priority: 1 } }, Date.now());

    const { body } = await api.get('/v1/orders/C6');

    expect(body).toMatchObject({ priority: 1, accepted: { priority: 3 }, hold: { reason: 'fraud check' } });
    const offers = body.commands as { command: string; parameters: { required?: string[] } }[];
    expect(offers.map(({ command }) => command)).toEqual(['cancel', 'release', 'change_address', 'change_priority']);
    expect(offers.find(({ command }) => command === 'change_priority')?.parameters.required).toEqual(['priority']);
    expect(await api.post('/v1/orders', orderBody('C6'))).toMatchObject({ status: 200, body: { priority: 1 } });
  });

  test('by CLI, with parameters from the line or from a file', async () => {
    await api.post('/v1/orders', orderBody('C7'));
    const stored = await api.dependencies().records.orders.find('C7');
    api.workflows.onCommand = () => stored;

    const held = await oms(api.url(), ADMIN_KEY, ['orders', 'C7', 'hold', '--reason', 'fraud check']);

    expect([held.status, held.stderr]).toEqual([0, '']);
    expect(api.workflows.sent.at(-1)).toMatchObject({ command: { command: 'hold', reason: 'fraud check' } });
  });
});

describe('GET /orders/{number}/decisions', () => {
  test('200: each decision with what was known', async () => {
    await api.post('/v1/orders', orderBody('D1'));
    await api
      .dependencies()
      .records.decisions.open('D1', 1, [{ location: 'S1', sku: 'SKU-1', quantity: 3 }], new Date());

    expect(await api.get('/v1/orders/D1/decisions')).toMatchObject({
      status: 200,
      body: { items: [{ n: 1, status: 'inquired', stock: [{ quantity: 3 }], answer: null }], next: null },
    });
  });

  test('200: a stock answer of 2,000 locations is cut in the list, and whole in the decision itself', async () => {
    await api.post('/v1/orders', orderBody('D2'));
    const stock = Array.from({ length: 2_000 }, (_, n) => ({ location: `L${n}`, sku: 'SKU-1', quantity: n }));
    await api.dependencies().records.decisions.open('D2', 1, stock, new Date());

    const list = await api.get('/v1/orders/D2/decisions');
    const one = await api.get('/v1/orders/D2/decisions/1');

    expect(list.body).toMatchObject({ items: [{ stockRows: 2_000 }] });
    expect(JSON.stringify(list.body).length).toBeLessThan(20_000);
    expect(one.body).toMatchObject({ n: 1, stockRows: 2_000, stock });
  });

  test('404: of an order or a decision that is not there', async () => {
    expect((await api.get('/v1/orders/D1/decisions/7')).status).toBe(404);
    expect((await api.get('/v1/orders/D9/decisions')).status).toBe(404);
  });
});
