import { loadBrand } from '../../../src/local/demo/loadBrand.js';
import { placeDemoOrders, type PlacedOrder } from '../../../src/local/demo/placeDemoOrders.js';
import { registerEndpoint } from '../../../src/local/simulators/erpRegistration.js';
import { createOmsApi } from '../../../src/local/simulators/omsApi.js';
import { ADMIN_KEY, useApi } from '../api/support/api.js';

const api = useApi();
const access = () => ({ url: api.url(), key: ADMIN_KEY });
const load = (port: number) =>
  loadBrand({
    ...access(),
    stockUrl: `http://127.0.0.1:${port}/stock`,
    carrierUrl: `http://127.0.0.1:${port}`,
  });

describe('loading the demonstration brand', () => {
  test('writes everything, and publishes the scenarios', async () => {
    await load(4_001);

    expect((await api.get('/v1/locations?limit=200')).body.items).toHaveLength(40);
    expect((await api.get('/v1/distribution-scenarios')).body.items).toMatchObject([
      { name: 'default', publishedVersion: 1 },
      { name: 'express', publishedVersion: 1 },
      { name: 'marketplace', publishedVersion: 1 },
    ]);
    expect((await api.get('/v1/settings/trackingPollMinutes')).body.value).toBe(0.05);
  });

  test('again follows the simulators to their new address, and leaves alone what people changed', async () => {
    const { headers, body } = await api.get('/v1/locations/S01');
    const { version: _, createdAt: __, updatedAt: ___, ...location } = body;
    const changed = { ...location, active: false };
    await api.put('/v1/locations/S01', changed, { headers: { 'if-match': headers.get('etag') ?? '' } });

    await load(4_002);

    expect((await api.get('/v1/locations/S01')).body.active).toBe(false);
    expect((await api.get('/v1/stock-engines/erp')).body.url).toBe('http://127.0.0.1:4002/stock');
    expect((await api.get('/v1/carriers/swift')).body.url).toBe('http://127.0.0.1:4002');
    expect((await api.get('/v1/distribution-scenarios/default')).body.version).toBe(1);
  });

  test('fails when the API does not take it', async () => {
    const { url } = access();

    await expect(
      loadBrand({ url, key: 'oms_test_x_y', stockUrl: 'http://127.0.0.1:1', carrierUrl: 'http://127.0.0.1:1' }),
    ).rejects.toThrow('PUT /stock-engines/erp was answered with 401');
  });
});

describe('placing the demonstration orders', () => {
  const place = async () => {
    const placed: PlacedOrder[] = [];
    await placeDemoOrders({ ...access(), everyMs: 1, onPlaced: (order) => placed.push(order) });
    return placed;
  };

  test('places 25, of every kind', async () => {
    const placed = await place();

    expect(placed.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, n) => `R${1_001 + n}`));
    expect(placed.some(({ isRepeat }) => isRepeat)).toBe(false);
    expect(new Set(placed.map(({ course }) => course)).size).toBe(5);
    expect(api.workflows.started).toHaveLength(25);
  });

  test('again finds all of them', async () => {
    const placed = await place();

    expect(placed.every(({ isRepeat }) => isRepeat)).toBe(true);
  });
});

test('the ERP keeps one endpoint, wherever it listens, and gets a secret each time', async () => {
  const outside = createOmsApi(access(), new AbortController().signal);

  const first = await registerEndpoint(outside, 'http://127.0.0.1:5001/webhooks');
  const second = await registerEndpoint(outside, 'http://127.0.0.1:5002/webhooks');

  const { items } = (await api.get('/v1/webhook-endpoints')).body;
  const { configuration } = api.dependencies();
  expect(items).toMatchObject([{ url: 'http://127.0.0.1:5002/webhooks' }]);
  expect(second).not.toBe(first);
  expect(await configuration.webhookEndpoints.secrets(items[0].id, new Date())).toEqual([second]);
});
