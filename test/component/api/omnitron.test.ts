import { omnitronOrder } from '../../support/omnitronOrders.js';
import { useApi } from './support/api.js';

const api = useApi();

const URL = 'https://brand.omnitron.example';
const connection = { url: `${URL}/`, auth: { username: 'oms', password: 'very secret' } };

beforeEach(() => {
  api.workflows.started.length = 0;
  api.workflows.sent.length = 0;
});

const keyOf = async (role: string) => (await api.post('/v1/keys', { name: role, role })).body.key as string;
const push = (order: unknown, options: object = {}) => api.post('/v1/inbound/omnitron/orders', order, options);

/** Removes the connection and gives the one of the test. */
async function connect(body: object): Promise<void> {
  await api.ask('DELETE', '/v1/omnitron');
  expect((await api.put('/v1/omnitron', body)).status).toBe(201);
}

describe('/omnitron', () => {
  test('404: nothing is configured', async () => {
    expect((await api.get('/v1/omnitron')).status).toBe(404);
    expect((await api.ask('DELETE', '/v1/omnitron')).status).toBe(404);
  });

  test('201, then 200: with defaults, its version and without the password, which stays when it is left out', async () => {
    const made = await api.put('/v1/omnitron', connection);

    expect(made).toMatchObject({
      status: 201,
      body: {
        url: connection.url,
        orders: { quantityKey: 'quantity', mergedPrice: 'total', bundleParent: 'ship', barcodeAttribute: 'barcode' },
        stores: { country: 'TR', types: {} },
        pull: { enabled: false, everySeconds: 60 },
        synchronise: true,
        version: 1,
      },
    });
    expect(made.body.auth).toEqual({ username: 'oms' });
    expect(made.headers.get('location')).toBe('/v1/omnitron');
    expect((await api.get('/v1/omnitron')).body).toEqual(made.body);

    const changed = { ...connection, auth: { username: 'oms' }, pull: { enabled: true } };
    const answer = await api.put('/v1/omnitron', changed, { headers: { 'if-match': '"1"' } });

    expect(answer).toMatchObject({ status: 200, body: { version: 2, pull: { enabled: true } } });
    expect(await api.dependencies().configuration.omnitron.find('omnitron')).toMatchObject({
      auth: { username: 'oms', password: 'very secret' },
    });
  });

  test('422: the password is not sent to another address', async () => {
    await connect(connection);
    const moved = { url: 'https://elsewhere.example', auth: { username: 'oms' } };

    expect(await api.put('/v1/omnitron', moved, { headers: { 'if-match': '*' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/auth/password' }] },
    });
  });

  test.each([
    ['a private address', { ...connection, url: 'http://10.0.0.1/' }, 422, '/url'],
    [
      'a reason that there is not',
      { ...connection, orders: { cancellationReason: 'none' } },
      422,
      '/orders/cancellationReason',
    ],
    ['an address and nobody to log in', { url: connection.url }, 400, '/auth'],
    ['fetching from nowhere', { pull: { enabled: true } }, 400, '/pull/enabled'],
    ['a channel that is no id', { ...connection, orders: { channels: { web: 'web' } } }, 400, '/orders/channels/web'],
  ])('%s is refused', async (_case, body, status, pointer) => {
    await api.ask('DELETE', '/v1/omnitron');

    expect(await api.put('/v1/omnitron', body)).toMatchObject({ status, body: { errors: [{ pointer }] } });
  });
});

describe('POST /inbound/omnitron/orders', () => {
  test('201 with an omnitron key: stored as ours, and begun', async () => {
    const answer = await push(omnitronOrder('R1001'), { key: await keyOf('omnitron') });

    expect(answer).toMatchObject({
      status: 201,
      body: { number: 'R1001', currency: 'TRY', lines: [{ id: '8001', sku: 'MUG-1', unitPrice: 3980 }] },
    });
    expect(answer.headers.get('location')).toBe('/v1/orders/R1001');
    expect(api.workflows.started).toMatchObject([{ number: 'R1001' }]);
  });

  test('200: the same order again, also when Omnitron has changed its status meanwhile', async () => {
    const first = await push(omnitronOrder('R1002'));

    const again = await push(omnitronOrder('R1002'));
    const later = await push(omnitronOrder('R1002', (order) => (order.status = '500')));

    expect([again, later]).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(again.body).toEqual(first.body);
    expect(later.body).toEqual(first.body);
  });

  test('409: other content under the same number', async () => {
    await push(omnitronOrder('R1001', (order) => (order.number = 'R2001')));
    const other = omnitronOrder('R1001', (order) => {
      order.number = 'R2001';
      order.orderitem_set[0].price = '1.00';
    });

    expect(await push(other)).toMatchObject({ status: 409, body: { type: '/problems/order.number_taken' } });
  });

  test('422: everything that cannot be read is named, and nothing is stored', async () => {
    const broken = omnitronOrder('R1003', (order) => {
      order.number = 'R2002';
      order.orderitem_set[0].price = 'free';
      order.shipping_address.line = '';
    });

    const answer = await push(broken);

    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/shipping_address/line' }, { pointer: '/orderitem_set/0/price' }] },
    });
    expect((await api.get('/v1/orders/R2002')).status).toBe(404);
  });

  test('422: a store that nobody imported, until it is there', async () => {
    const refused = await push(omnitronOrder('R1003'));
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/shipping_address/retail_store' }] } });

    await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
    const store = { name: 'Store 12', type: 'store', stockEngine: 'erp', address: { country: 'TR' }, omnitronId: '12' };
    await api.put('/v1/locations/S12', { ...store, roles: ['packs', 'pickupPoint'] });

    expect(await push(omnitronOrder('R1003'))).toMatchObject({
      status: 201,
      body: { delivery: { type: 'click_and_collect', pickupLocation: 'S12' } },
    });
  });

  test.each([
    ['200', 'is not approved yet', 'once it is approved'],
    ['50', 'is cancelled', 'do not have the order'],
    ['550', 'is delivered', 'past our part'],
  ])('422: an order that %s', async (status, _case, detail) => {
    const order = omnitronOrder('R1001', (one) => Object.assign(one, { number: 'R2003', status }));

    expect(await push(order)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/status', detail: expect.stringContaining(detail) }] },
    });
  });

  test('items that are cancelled already are cancelled lines, with the reason of the connection', async () => {
    const partly = (number: string) =>
      omnitronOrder('R1002', (order) => {
        order.number = number;
        order.orderitem_set[0].status = '100';
      });
    await connect(connection);
    expect(await push(partly('R2004'))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/orderitem_set/0/status' }] },
    });
    await api.put('/v1/cancellation-reasons/omnitron', { title: 'Cancelled in the shop' });
    await connect({ ...connection, orders: { cancellationReason: 'omnitron' } });
    api.workflows.onCommand = () => ({});

    expect((await push(partly('R2004'))).status).toBe(201);

    const lines = [{ id: '8002', quantity: 1 }];
    expect(api.workflows.sent).toMatchObject([
      { number: 'R2004', command: { command: 'cancel', reason: 'omnitron', lines }, meta: { by: 'omnitron' } },
    ]);
  });

  test('422: nothing is left of the order', async () => {
    const order = omnitronOrder('R1001', (one) => {
      one.number = 'R2005';
      one.orderitem_set[0].status = '100';
    });

    expect(await push(order)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/orderitem_set' }] } });
  });

  test('400: what is no order of Omnitron at all; 403: another role', async () => {
    expect(await push({ number: 'R1' })).toMatchObject({ status: 400 });
    expect((await push(omnitronOrder('R1001'), { key: await keyOf('erp') })).status).toBe(403);
  });
});
