import { createStockEngineClient } from '../../../src/clients/stockEngine.js';
import type { StockEngine } from '../../../src/domain/configuration/integrations.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';

let server: HttpServer;
let seen: ReceivedRequest[];
let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;

const everywhere = ({ query }: ReceivedRequest): Answer => ({
  json: query.getAll('sku').map((sku) => ({ sku, stocks: [{ erpCode: 'W1', quantity: 7 }] })),
});

beforeAll(async () => {
  server = await startHttpServer((request) => {
    seen.push(request);
    return answer(request);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answer = everywhere;
});

const client = createStockEngineClient({ allow: ['127.0.0.1'] });

const engine = (fields: Partial<StockEngine> = {}): StockEngine => ({
  code: 'erp',
  url: `${server.url}/stock?company=7`,
  auth: { type: 'anonymous' },
  mode: 'multiple',
  skuParam: 'sku',
  timeoutMs: 2_000,
  maxSkusPerRequest: 100,
  ...fields,
});

const asked = () => seen.map(({ query }) => query.getAll('sku'));

describe('the stock inquiry', () => {
  test('asks for many SKUs at once and keeps the parameters of the address', async () => {
    const rows = await client.inquire(engine(), ['MUG', 'CUP', 'MUG']);

    expect(rows).toEqual([
      { location: 'W1', sku: 'MUG', quantity: 7 },
      { location: 'W1', sku: 'CUP', quantity: 7 },
    ]);
    expect(asked()).toEqual([['MUG', 'CUP']]);
    expect(seen[0]?.query.get('company')).toBe('7');
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test('an engine with a limit of requests under way: each takes a slot, and gives it back however it ends', async () => {
    const slots: string[] = [];
    const slot = (code: string, { most, holdMs }: { most: number; holdMs: number }) => {
      slots.push(`${code} takes one of ${most} for ${holdMs} ms`);
      return Promise.resolve(() => Promise.resolve(void slots.push('back')));
    };
    const limited = createStockEngineClient({ allow: ['127.0.0.1'], slot });
    answer = () => ({ status: 503 });

    await expect(limited.inquire(engine({ maxConcurrentRequests: 2 }), ['MUG'])).rejects.toMatchObject({
      code: 'stock.unreachable',
    });
    await limited.inquire(engine(), []);

    expect(slots).toEqual(['erp takes one of 2 for 23000 ms', 'back']);
  });

  test('looked at by people, tells twenty things that are wrong and how many more there are', async () => {
    const skus = Array.from({ length: 30 }, (_, n) => `SKU-${n}`);
    answer = () => ({ json: skus.map((sku) => ({ sku, stocks: [{ erpCode: 'W1', quantity: -1 }] })) });

    const { problems } = await client.examine(engine(), skus);

    expect(problems).toHaveLength(21);
    expect(problems.slice(19)).toEqual([expect.stringContaining('at /19/stocks/0/quantity'), 'and 10 more']);
  });

  test('asks for no more SKUs at once than the engine takes', async () => {
    const skus = Array.from({ length: 11 }, (_, n) => `SKU-${n}`);

    const rows = await client.inquire(engine({ maxSkusPerRequest: 4 }), skus);

    expect(rows.map(({ sku }) => sku)).toEqual(skus);
    expect(asked().map(({ length }) => length)).toEqual([4, 4, 3]);
  });

  test('asks for one SKU at a time where the engine wants that', async () => {
    await client.inquire(engine({ mode: 'single' }), ['A', 'B', 'C', 'D', 'E', 'F']);

    expect(asked().map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('names the parameter as the engine does, and encodes its value', async () => {
    answer = () => ({ json: [] });

    const rows = await client.inquire(engine({ skuParam: 'article[]' }), ['A&B=1']);

    expect(rows).toEqual([]);
    expect(seen[0]?.query.getAll('article[]')).toEqual(['A&B=1']);
  });

  test.each([
    ['basic', { type: 'basic', username: 'oms', password: 'päss:word' }, 'Basic b21zOnDDpHNzOndvcmQ='],
    ['bearer', { type: 'bearer', token: 'abc' }, 'Bearer abc'],
  ] as const)('proves itself by %s', async (_kind, auth, header) => {
    await client.inquire(engine({ auth }), ['MUG']);

    expect(seen[0]?.headers.authorization).toBe(header);
  });
});

describe('an engine with a login', () => {
  const auth = () => ({ type: 'token', loginUrl: `${server.url}/login`, username: 'oms', password: 'secret' }) as const;
  const paths = () => seen.map(({ path }) => path);
  let tokens: string[];

  beforeEach(() => {
    tokens = ['first', 'second'];
    answer = (request) => {
      if (request.path === '/login') return { json: { token: tokens.shift(), expiresIn: 3_600 } };
      return everywhere(request);
    };
  });

  test('is logged into once for all questions', async () => {
    const fresh = createStockEngineClient({ allow: ['127.0.0.1'] });

    await fresh.inquire(engine({ auth: auth(), mode: 'single' }), ['A', 'B', 'C']);
    await fresh.inquire(engine({ auth: auth() }), ['D']);

    expect(paths().filter((path) => path === '/login')).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"username":"oms","password":"secret"}' });
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer first');
  });

  test('is logged into again after a 401', async () => {
    const fresh = createStockEngineClient({ allow: ['127.0.0.1'] });
    const logins = answer;
    answer = (request) => (request.headers.authorization === 'Bearer first' ? { status: 401 } : logins(request));

    const rows = await fresh.inquire(engine({ auth: auth() }), ['MUG']);

    expect(rows).toHaveLength(1);
    expect(paths()).toEqual(['/login', '/stock', '/login', '/stock']);
  });

  test('cannot be reached when the login fails, and nothing of the secrets is told', async () => {
    const fresh = createStockEngineClient({ allow: ['127.0.0.1'] });
    answer = () => ({ status: 403, text: 'wrong password: secret' });

    const failure = await fresh.inquire(engine({ auth: auth() }), ['MUG']).catch((error: Error) => error);

    expect(failure).toMatchObject({
      code: 'stock.unreachable',
      detail: 'Stock engine erp cannot be reached: its login answered 403',
    });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });
});

describe('an engine that does not answer', () => {
  test.each<[string, Answer, string]>([
    ['500', { status: 500 }, 'it answered 500'],
    ['204', { status: 204 }, 'it answered 204'],
    ['404', { status: 404 }, 'it answered 404'],
    ['401', { status: 401 }, 'it does not accept our credentials (401)'],
    ['302', { status: 302, headers: { location: '/' } }, 'it answered 302, and redirects are not followed'],
  ])('with %s is unreachable', async (_what, reply, why) => {
    answer = () => reply;

    await expect(client.inquire(engine(), ['MUG'])).rejects.toMatchObject({
      code: 'stock.unreachable',
      detail: `Stock engine erp cannot be reached: ${why}`,
    });
  });

  test('in time is unreachable', async () => {
    answer = () => new Promise(() => undefined);

    await expect(client.inquire(engine({ timeoutMs: 100 }), ['MUG'])).rejects.toMatchObject({
      code: 'stock.unreachable',
      detail: 'Stock engine erp cannot be reached: no answer within 100 ms',
    });
  });

  test('because it must not be called is unreachable', async () => {
    const strict = createStockEngineClient({ allow: [] });

    await expect(strict.inquire(engine(), ['MUG'])).rejects.toMatchObject({
      code: 'stock.unreachable',
      detail: expect.stringContaining('outgoing calls to its address are not allowed'),
    });
    expect(seen).toEqual([]);
  });
});

describe('an engine whose answer cannot be trusted', () => {
  test('is not believed, and the place is told', async () => {
    answer = () => ({ json: [{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: -2 }] }] });

    await expect(client.inquire(engine(), ['MUG'])).rejects.toMatchObject({
      code: 'stock.malformed_answer',
      detail: expect.stringContaining('at /0/stocks/0/quantity'),
    });
  });

  test('makes the whole inquiry fail, also when other questions were answered well', async () => {
    answer = (request) => (request.query.get('sku') === 'CUP' ? { text: 'Maintenance' } : everywhere(request));

    await expect(client.inquire(engine({ mode: 'single' }), ['MUG', 'CUP'])).rejects.toMatchObject({
      code: 'stock.malformed_answer',
      detail: 'The answer of stock engine erp cannot be trusted: it is not JSON but begins with Maintenance',
    });
  });
});
