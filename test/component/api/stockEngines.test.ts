import { startHttpServer, type Answer, type HttpServer } from '../../support/httpServer.js';
import { runOms } from '../../support/runOms.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { signedBy } from './support/signed.js';

const api = useApi();

let server: HttpServer;
let answer: () => Answer;
let secret: string;

beforeAll(async () => {
  server = await startHttpServer(() => answer());
  const made = await api.put('/v1/stock-engines/erp', { url: `${server.url}/stock` });
  secret = made.body.secret as string;
  const location = { type: 'store', stockEngine: 'erp', address: { country: 'TR' } };
  await api.put('/v1/locations/S1', { name: 'S1', ...location });
  await api.put('/v1/locations/S2', { name: 'S2', ...location });
});
afterAll(() => server.close());

describe('the secret of a stock engine', () => {
  test('is shown when it is created and never again', async () => {
    const { body, headers } = await api.get('/v1/stock-engines/erp');
    const again = await api.put(
      '/v1/stock-engines/erp',
      { url: `${server.url}/stock` },
      { headers: { 'if-match': headers.get('etag') ?? '' } },
    );

    expect(secret).toMatch(/^whsec_/);
    expect(again.status).toBe(200);
    expect(JSON.stringify([body, again.body])).not.toMatch(/whsec_|ecret/);
  });
});

/** A push as a stock service sends it that has no key. */
const signed = (body: string, signing = secret, at?: Date, id?: string) =>
  api.ask('POST', '/v1/inbound/stock?engine=erp', signedBy(signing, body, at, id));

const PUSH = JSON.stringify([{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: 3 }] }]);

describe('POST /inbound/stock, signed', () => {
  test('202: with the secret of the engine, and no key', async () => {
    expect(await signed(PUSH)).toMatchObject({ status: 202, body: { orders: 0 } });
  });

  test('401: a wrong secret, another body, an old time, another engine', async () => {
    const other = `whsec_${Buffer.from('another secret of 24 bytes').toString('base64')}`;
    const old = new Date(Date.now() - 10 * 60_000);
    const headers = { 'webhook-id': 'm', 'webhook-timestamp': '1', 'webhook-signature': 'v1,bm8=' };
    const unknown = { key: null, raw: PUSH, headers };

    const answers = [
      await signed(PUSH, other),
      await signed(PUSH, secret, old),
      await api.ask('POST', '/v1/inbound/stock?engine=none', unknown),
      await api.ask('POST', '/v1/orders', unknown),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  test('400: what is signed and no stock answer', async () => {
    expect((await signed('{"sku":1}')).status).toBe(400);
    expect((await signed('no JSON')).status).toBe(400);
  });

  test('401 with the old secret after it was rotated, 202 with the new one', async () => {
    const rotated = await api.post('/v1/stock-engines/erp/rotate-secret');

    expect(rotated).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/) } });
    expect((await signed(PUSH)).status).toBe(401);
    expect((await signed(PUSH, rotated.body.secret as string)).status).toBe(202);
  });
});

describe('POST /stock-engines/{code}/test', () => {
  const ask = (skus: unknown = ['MUG', 'CUP']) => api.post('/v1/stock-engines/erp/test', { skus });

  test('200: what was asked, what came, and what it means', async () => {
    answer = () => ({ json: [{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: 3 }] }] });

    const { status, body } = await ask();

    expect(status).toBe(200);
    expect(body).toEqual({
      ok: true,
      requests: [
        {
          url: `${server.url}/stock?sku=MUG&sku=CUP`,
          status: 200,
          latencyMs: expect.any(Number),
          body: '[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":3}]}]',
        },
      ],
      stocks: [{ location: 'S1', sku: 'MUG', quantity: 3 }],
      problems: ['S2: nothing is said of them, which counts as no stock'],
    });
  });

  test.each([
    ['no JSON', { text: '<html>' }, /not JSON/],
    [
      'a number as text',
      { json: [{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: '3' }] }] },
      /\/0\/stocks\/0\/quantity/,
    ],
    ['a SKU that was not asked', { json: [{ sku: 'POT', stocks: [] }] }, /was not asked/],
    ['an error', { status: 500 }, /answered 500/],
    ['no entrance', { status: 401 }, /does not accept our credentials/],
  ])('200 and not ok: %s', async (_what, said, problem) => {
    answer = () => said;

    const { status, body } = await ask();

    expect([status, body.ok, body.stocks]).toEqual([200, false, []]);
    expect(body.problems).toEqual([expect.stringMatching(problem)]);
  });

  test('200: places that no location has are told', async () => {
    answer = () => ({ json: [{ sku: 'MUG', stocks: [{ erpCode: 'X9', quantity: 3 }] }] });

    expect((await ask()).body.problems).toContain('X9: no location with this engine; that stock is not used');
  });

  test('200 and not ok: nothing listens there', async () => {
    await api.put('/v1/stock-engines/gone', { url: 'http://127.0.0.1:9/stock' });

    const { body } = await api.post('/v1/stock-engines/gone/test', { skus: ['MUG'] });

    expect(body).toMatchObject({ ok: false, requests: [{ status: null, body: '' }] });
    expect(body.problems).toEqual([expect.stringContaining('nothing listens there')]);
  });

  test('400 without SKUs, 404 for an engine that there is not', async () => {
    expect((await ask([])).status).toBe(400);
    expect((await api.post('/v1/stock-engines/none/test', { skus: ['MUG'] })).status).toBe(404);
  });
});

describe('GET /stock-engines/{code}/health', () => {
  const health = async () => (await api.get('/v1/stock-engines/erp/health')).body;

  test('200: as a worker said last; before that it is well', async () => {
    expect(await health()).toEqual({ state: 'ok', since: null, detail: null });

    const since = new Date('2026-11-24T10:00:00Z');
    const { engineHealth } = api.dependencies().records;
    await engineHealth.note('erp', { state: 'open', since, detail: 'erp answered 503' }, api.dependencies().now());

    expect(await health()).toEqual({ state: 'open', since: '2026-11-24T10:00:00.000Z', detail: 'erp answered 503' });
    api.travel(61_000);
    // Whoever said so has died.
    expect(await health()).toMatchObject({ state: 'ok' });
  });

  test('404: an engine that there is not', async () => {
    expect((await api.get('/v1/stock-engines/nobody/health')).status).toBe(404);
  });
});

describe('oms stock-engines', () => {
  const oms = (...args: string[]) => runOms(['stock-engines', ...args], { url: api.url(), key: ADMIN_KEY });

  test('lists all, and says which one is left alone and why', async () => {
    const { engineHealth } = api.dependencies().records;
    const now = api.dependencies().now();
    await engineHealth.note('erp', { state: 'open', since: now, detail: 'erp answered 503' }, now);

    const { status, stdout } = await oms();

    expect(status).toBe(0);
    expect(stdout).toMatch(/erp .*left alone.*erp answered 503/);
    expect(stdout).toMatch(/gone .*asked/);
  });

  test('test: what it answers, with hints', async () => {
    answer = () => ({ json: [{ sku: 'MUG', stocks: [{ erpCode: 'S1', quantity: 3 }] }] });

    const { status, stdout } = await oms('test', 'erp', 'MUG');

    expect(status).toBe(0);
    expect(stdout).toMatch(/S1 .*MUG .*3/);
    expect(stdout).toContain('S2: nothing is said of them');
  });

  test('test: exits 1 when the answer cannot be used, and says why', async () => {
    answer = () => ({ text: '<html>' });

    const { status, stdout, stderr } = await oms('test', 'erp', 'MUG');

    expect(status).toBe(1);
    expect(stdout).toContain('not JSON');
    expect(stderr).toContain('erp cannot be used as it answers now');
  });
});
