import { useApi } from './support/api.js';
import { parcel } from './support/orders.js';

const api = useApi();

beforeAll(async () => {
  const { packages } = api.dependencies().records;
  await packages.save(parcel('R1', 1, { state: 'out_of_stock' }), 1);
  await packages.save(parcel('R2', 1, { state: 'waiting' }), 1);
  await api.put('/v1/stock-engines/erp', { url: 'http://127.0.0.1:9/stock', auth: { type: 'anonymous' } });
});

beforeEach(() => {
  api.workflows.woken.length = 0;
});

const push = (body: unknown, engine = 'erp', options: object = {}) =>
  api.post(`/v1/inbound/stock?engine=${engine}`, body, options);

const stocks = (quantity: number) => [{ erpCode: 'S1', quantity }];

test('goods that came wake the orders that have a parked package with one of the SKUs', async () => {
  const answer = await push([{ sku: 'SKU-1', stocks: stocks(5) }]);

  expect(answer).toMatchObject({ status: 202, body: { orders: 1 } });
  expect(api.workflows.woken).toEqual(['R1']);
});

test('other goods, or news that there are none, wake nobody', async () => {
  expect((await push([{ sku: 'SKU-9', stocks: stocks(5) }])).body).toEqual({ orders: 0 });
  expect((await push([{ sku: 'SKU-1', stocks: stocks(0) }])).body).toEqual({ orders: 0 });
  expect((await push([])).body).toEqual({ orders: 0 });
  expect(api.workflows.woken).toEqual([]);
});

test('an erp key may push, a store key may not', async () => {
  const keyOf = async (role: string) =>
    (await api.post('/v1/keys', { name: role, role, ...(role === 'store' && { locations: ['S1'] }) })).body
      .key as string;

  expect((await push([], 'erp', { key: await keyOf('erp') })).status).toBe(202);
  expect((await push([], 'erp', { key: await keyOf('store') })).status).toBe(403);
});

test.each([
  [[{ sku: 'SKU-1', stocks: stocks(-1) }], 'erp', 400],
  [[{ sku: 'SKU-1', stocks: [{ erpCode: 'S1', quantity: 1, unit: 'box' }] }], 'erp', 400],
  [{ sku: 'SKU-1' }, 'erp', 400],
  [[], 'unknown', 404],
])('%j of engine %s is %i', async (body, engine, status) => {
  expect((await push(body, engine)).status).toBe(status);
});
