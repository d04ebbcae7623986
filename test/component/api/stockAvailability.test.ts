import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';

const api = useApi();

/** What the two stock services know, `location|sku` -> pieces. */
const SHELVES: Readonly<Record<string, number>> = {
  'W1|MUG': 9,
  'W1|CUP': 1,
  'S1|MUG': 3,
  'S1|CUP': 4,
  'S2|MUG': 5,
  'S2|CUP': 5,
  'P1|MUG': 2,
  'P1|CUP': 2,
};

let server: HttpServer;
const seen: ReceivedRequest[] = [];
let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;

/** Both services answer for every location; each is to be believed for its own. */
const truly = ({ query }: ReceivedRequest): Answer => ({
  json: query.getAll('sku').map((sku) => ({ sku, stocks: stocksOf(sku) })),
});

const stocksOf = (sku: string) =>
  Object.entries(SHELVES).flatMap(([key, quantity]) => {
    const [erpCode, of] = key.split('|');
    return of === sku ? [{ erpCode, quantity }] : [];
  });

beforeAll(async () => {
  server = await startHttpServer((request) => {
    seen.push(request);
    return answer(request);
  });
  for (const code of ['erp', 'wms']) {
    expect((await api.put(`/v1/stock-engines/${code}`, { code, url: `${server.url}/${code}` })).status).toBe(201);
  }
  const place = (code: string, more: object) =>
    api.put(`/v1/locations/${code}`, { name: code, type: 'store', address: { country: 'TR' }, ...more });
  await place('W1', { type: 'warehouse', stockEngine: 'wms' });
  await place('S1', { stockEngine: 'erp', tags: ['mall'], safetyStock: { default: 1, skus: { CUP: 0 } } });
  await place('S2', { stockEngine: 'erp', tags: ['street'] });
  await place('P1', { stockEngine: 'erp', roles: ['pickupPoint'] });
  await place('H1', { stockEngine: 'erp', roles: ['transferHub', 'transferSource'] });
  await place('X1', { stockEngine: 'erp', active: false });
  // An engine that no place of the cart has.
  await api.put('/v1/stock-engines/idle', { code: 'idle', url: `${server.url}/idle` });
  const hold = { key: 'R1P1/1', location: 'S2', sku: 'CUP', quantity: 4, order: 'R1', package: 'R1P1', item: '1' };
  await api.dependencies().records.reservations.take(hold, 5, new Date());
});

afterAll(() => server.close());

beforeEach(() => {
  seen.length = 0;
  answer = truly;
});

const ask = (query: string, key?: string) => api.get(`/v1/stock-availability?${query}`, key ? { key } : {});

const keyOf = async (role: string, locations?: string[]) =>
  (await api.post('/v1/keys', { name: role, role, ...(locations && { locations }) })).body.key as string;

interface Item {
  readonly location: string;
  readonly canSupplyAll: boolean;
  readonly skus: readonly { readonly available: number }[];
}

const brief = (body: unknown) =>
  (body as { items: Item[] }).items.map(({ location, canSupplyAll, skus }) => [
    location,
    canSupplyAll,
    ...skus.map(({ available }) => available),
  ]);

describe('GET /stock-availability', () => {
  test('200: stock less reservations less safety stock, those that can supply everything first, then by code', async () => {
    const { status, body } = await ask('sku=MUG:2&sku=CUP:2');

    expect(status).toBe(200);
    expect(brief(body)).toEqual([
      ['P1', true, 2, 2],
      ['S1', true, 2, 4],
      ['S2', false, 5, 1],
      ['W1', false, 9, 1],
    ]);
    expect(body.items[0]).toEqual({
      location: 'P1',
      name: 'P1',
      type: 'store',
      roles: ['pickupPoint'],
      canSupplyAll: true,
      skus: [
        { sku: 'MUG', wanted: 2, available: 2 },
        { sku: 'CUP', wanted: 2, available: 2 },
      ],
    });
    expect(body).toMatchObject({ next: null, askedAt: '2026-11-23T09:00:00.000Z' });
  });

  test('200: a SKU without a number is one piece, and one that nobody has is 0', async () => {
    const { body } = await ask('sku=CUP&sku=NONE&location=W1');

    expect(body.items[0].skus).toEqual([
      { sku: 'CUP', wanted: 1, available: 1 },
      { sku: 'NONE', wanted: 1, available: 0 },
    ]);
    expect(body.items[0].canSupplyAll).toBe(false);
  });

  test('one request to each engine that is concerned, whatever the number of SKUs', async () => {
    await ask('sku=MUG&sku=CUP&sku=NONE');

    expect(seen.map(({ path }) => path).sort()).toEqual(['/erp', '/wms']);
    expect(seen[0]?.query.getAll('sku')).toEqual(['MUG', 'CUP', 'NONE']);

    seen.length = 0;
    await ask('sku=MUG&location=S1&location=S2');

    expect(seen.map(({ path }) => path)).toEqual(['/erp']);
  });

  test('200: asked anew each time, so that no answer is older than its question', async () => {
    expect(brief((await ask('sku=MUG:6&location=S2')).body)).toEqual([['S2', false, 5]]);
    answer = () => ({ json: [{ sku: 'MUG', stocks: [{ erpCode: 'S2', quantity: 6 }] }] });

    expect(brief((await ask('sku=MUG:6&location=S2')).body)).toEqual([['S2', true, 6]]);
  });

  test('200: only the locations named, only those with the tag', async () => {
    expect(brief((await ask('sku=MUG&location=S1&location=W1')).body)).toEqual([
      ['S1', true, 2],
      ['W1', true, 9],
    ]);
    expect(brief((await ask('sku=MUG&tag=mall')).body)).toEqual([['S1', true, 2]]);
    expect(brief((await ask('sku=MUG&tag=mall&location=W1')).body)).toEqual([]);
    expect(brief((await ask('sku=MUG&location=H1&location=X1')).body)).toEqual([]);
  });

  test('200: in pages, each place once', async () => {
    const first = await ask('sku=CUP:2&limit=3');
    const second = await ask(`sku=CUP:2&limit=3&cursor=${first.body.next}`);

    expect([...brief(first.body), ...brief(second.body)].map(([code]) => code)).toEqual(['P1', 'S1', 'S2', 'W1']);
    expect(first.headers.get('link')).toContain('rel="next"');
    expect(second.body.next).toBeNull();
  });

  test('200: a store key asks about its own locations', async () => {
    const key = await keyOf('store', ['S1', 'P1']);

    expect(brief((await ask('sku=MUG', key)).body)).toEqual([
      ['P1', true, 2],
      ['S1', true, 2],
    ]);
    expect((await ask('sku=MUG&location=S2', key)).body.detail).toBe('There is no location S2');
  });

  test.each(['omnitron', 'planner', 'erp', 'readonly'])(
    '200: a cart may ask with a key of the role %s',
    async (role) => {
      expect((await ask('sku=MUG', await keyOf(role))).status).toBe(200);
    },
  );

  test.each([
    ['without a SKU', ''],
    ['no SKU at all', 'sku=%20'],
    ['nothing before the colon', 'sku=:2'],
    ['zero pieces', 'sku=MUG:0'],
    ['fewer than none', 'sku=MUG:-1'],
    ['half a piece', 'sku=MUG:1.5'],
    ['more than an order can have', 'sku=MUG:1000001'],
    ['two numbers', 'sku=MUG:1:2'],
    ['the same SKU twice', 'sku=MUG&sku=MUG:2'],
    ['101 SKUs', Array.from({ length: 101 }, (_, n) => `sku=S${n}`).join('&')],
  ])('400: %s', async (_case, query) => {
    const { status, body } = await ask(query);

    expect([status, body.errors?.[0]?.pointer]).toEqual([400, 'sku']);
    expect(seen).toEqual([]);
  });

  test('400: a strange parameter and a strange cursor', async () => {
    expect((await ask('sku=MUG&stock=5')).status).toBe(400);
    expect((await ask('sku=MUG&cursor=abc')).status).toBe(400);
  });

  test('422: a location that there is not, named', async () => {
    const { status, body } = await ask('sku=MUG&location=S1&location=S9');

    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: 'location', detail: 'there is no location S9' }]);
    expect(seen).toEqual([]);
  });

  test.each<[string, Answer, string]>([
    ['is down', { status: 500 }, 'stock.unreachable'],
    ['talks nonsense', { json: [{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: -1 }] }] }, 'stock.malformed_answer'],
  ])('503: one of the services %s, with the reason and when to ask again', async (_case, reply, type) => {
    answer = (request) => (request.path === '/wms' ? truly(request) : reply);

    const { status, body, headers } = await ask('sku=MUG');

    expect([status, body.type, headers.get('retry-after')]).toEqual([503, `/problems/${type}`, '5']);
    expect(body.detail).toMatch(/stock engine erp/i);
    expect(body).not.toHaveProperty('items');
  });

  test('200: in CSV, one row a location', async () => {
    const { body } = await api.get('/v1/stock-availability?sku=MUG&location=W1', { headers: { accept: 'text/csv' } });

    expect((body as string).split('\r\n').slice(0, 2)).toEqual([
      'location,name,type,roles,canSupplyAll,skus',
      'W1,W1,warehouse,"[""packs"",""transferSource""]",true,"[{""sku"":""MUG"",""wanted"":1,""available"":9}]"',
    ]);
  });
});

describe('oms stock', () => {
  const run = (...args: string[]) => oms(api.url(), ADMIN_KEY, ['stock', ...args]);

  test('shows a table, with a column for each SKU', async () => {
    const { status, stdout } = await run('MUG:2', 'CUP:2', '--location', 'S1', 'S2');

    expect(status).toBe(0);
    const rows = stdout.split('\n').map((row) => row.split('│').map((cell) => cell.trim()));
    expect(rows).toContainEqual(['', 'location', 'name', 'type', 'everything', 'MUG of 2', 'CUP of 2', '']);
    expect(rows).toContainEqual(['', 'S1', 'S1', 'store', 'yes', '2', '4', '']);
    expect(rows).toContainEqual(['', 'S2', 'S2', 'store', 'no', '5', '1', '']);
  });

  test('answers JSON, ends with 1 and the reason when it is refused, and with 2 when nothing is asked', async () => {
    const [json, refused, wrong] = await Promise.all([run('MUG', '--tag', 'mall', '--json'), run('MUG:0'), run()]);

    expect(JSON.parse(json.stdout)).toMatchObject([{ location: 'S1', canSupplyAll: true }]);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('"MUG:0" is no SKU with a quantity');
    expect(wrong.status).toBe(2);
  });
});
