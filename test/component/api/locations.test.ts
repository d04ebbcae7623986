import { announceMissedLocations } from '../../../src/api/locations/announceLocations.js';
import { useApi } from './support/api.js';

const api = useApi();

const engine = { url: 'https://erp.example.com/stock' };
const place = { name: 'Moda', type: 'store', stockEngine: 'erp', address: { country: 'TR' } };

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', engine);
});

beforeEach(() => {
  api.announced.length = 0;
});

const keyOf = async (role: string, locations?: string[]) =>
  (await api.post('/v1/keys', { name: role, role, ...(locations && { locations }) })).body.key as string;

describe('PUT /locations/{code}', () => {
  test('201: with the defaults of a location, and announced', async () => {
    const answer = await api.put('/v1/locations/S1', place);

    expect(answer).toMatchObject({
      status: 201,
      body: {
        code: 'S1',
        roles: ['packs', 'transferSource'],
        active: true,
        priority: 100,
        safetyStock: { default: 0, skus: {} },
        version: 1,
      },
    });
    expect(api.announced).toEqual([
      { type: 'stock_location.created', subject: 'location/S1', sequence: 1, data: answer.body },
    ]);
  });

  test('200: SKUs and tags with dots are kept as they are, and the change is announced', async () => {
    await api.put('/v1/locations/S2', place);
    api.travel(1_000);
    const changed = { ...place, tags: ['a.b', '$c'], safetyStock: { default: 1, skus: { 'SKU.1': 2 } } };

    const answer = await api.put('/v1/locations/S2', changed, { headers: { 'if-match': '"1"' } });

    expect(answer).toMatchObject({ status: 200, body: { safetyStock: { skus: { 'SKU.1': 2 } }, tags: ['a.b', '$c'] } });
    expect(api.announced.at(-1)).toMatchObject({ type: 'stock_location.updated', sequence: 2 });
  });

  test('422: a stock engine that is not there', async () => {
    expect(await api.put('/v1/locations/S3', { ...place, stockEngine: 'none' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/stockEngine' }] },
    });
    expect(api.announced).toEqual([]);
  });

  test.each([
    ['half a coordinate', { address: { country: 'TR', latitude: 41 } }, '/address/latitude'],
    ['a role that is none', { roles: ['sings'] }, '/roles/0'],
    ['an operator in a map', { attributes: { $set: { x: 1 } } }, '/attributes/$set'],
    ['a nested attribute', { attributes: { a: { b: 1 } } }, '/attributes/a'],
  ])('400: %s', async (_case, change, pointer) => {
    expect(await api.put('/v1/locations/S3', { ...place, ...change })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('events of locations', () => {
  const unlucky = useApi({ announce: () => Promise.reject(new Error('the process ended here')) });

  test('no version goes by without its event, also when a process ends between the two', async () => {
    await unlucky.put('/v1/stock-engines/erp', engine);
    expect((await unlucky.put('/v1/locations/L1', place)).status).toBe(500);
    const { configuration } = unlucky.dependencies();
    expect(await configuration.locations.unannounced()).toMatchObject([{ code: 'L1', version: 1 }]);

    expect((await unlucky.put('/v1/locations/L1', place, { headers: { 'if-match': '"1"' } })).status).toBe(500);
    expect(await configuration.locations.find('L1')).toMatchObject({ version: 1 });

    const told: number[] = [];
    const announce = ({ sequence }: { sequence: number }) => Promise.resolve(void told.push(sequence));
    await announceMissedLocations({ configuration, announce });
    await announceMissedLocations({ configuration, announce });
    expect(told).toEqual([1]);
  });
});

describe('DELETE /locations/{code}', () => {
  test('409: while a scenario names it or packages are open there', async () => {
    await api.put('/v1/locations/S4', place);
    const { quotas } = api.dependencies().records;
    await quotas.take('S4', 'R1P1', null, new Date());
    expect((await api.ask('DELETE', '/v1/locations/S4')).body).toMatchObject({
      status: 409,
      detail: 'It has 1 open packages',
    });
    await quotas.free('S4', 'R1P1');

    const rules = [{ name: 'all', strategy: 'partial', locations: { exclude: ['S4'] } }];
    await api.put('/v1/locations/S5', place);
    await api.post('/v1/distribution-scenarios', { name: 'naming', defaultLocation: 'S5', rules });

    expect((await api.ask('DELETE', '/v1/locations/S4')).status).toBe(409);
    expect((await api.ask('DELETE', '/v1/locations/S5')).status).toBe(409);
    await api.post('/v1/distribution-scenarios/naming/archive');
    expect((await api.ask('DELETE', '/v1/locations/S4')).status).toBe(204);
  });
});

describe('GET /locations', () => {
  test('200: filtered by type, engine, tag and whether it is active', async () => {
    await api.put('/v1/locations/F1', { ...place, type: 'warehouse', active: false, tags: ['x', 'y'] });
    const codes = async (query: string) => {
      const { items } = (await api.get(`/v1/locations?${query}`)).body as { items: { code: string }[] };
      return items.map(({ code }) => code);
    };

    expect(await codes('type=warehouse')).toEqual(['F1']);
    expect(await codes('tags=y')).toEqual(['F1']);
    expect(await codes('active=false')).toEqual(['F1']);
    expect(await codes('active=true&stockEngine=erp')).not.toContain('F1');
  });

  test('404 and left out: what a store key may not see', async () => {
    const key = await keyOf('store', ['S1']);

    expect((await api.get('/v1/locations', { key })).body.items).toMatchObject([{ code: 'S1' }]);
    expect((await api.get('/v1/locations/S1', { key })).status).toBe(200);
    const foreign = await api.get('/v1/locations/S2', { key });
    const unknown = await api.get('/v1/locations/S9', { key });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual(
      JSON.parse(JSON.stringify({ ...unknown.body, requestId: '' }).replaceAll('S9', 'S2')),
    );
  });
});
