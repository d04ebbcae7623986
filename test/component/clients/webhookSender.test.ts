import { Webhook } from 'standardwebhooks';

import { createWebhookSender, type Sending } from '../../../src/clients/webhookSender.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { until } from '../../support/until.js';

const OLD = `whsec_${Buffer.from('an old secret of 24 bytes').toString('base64')}`;
const NEW = `whsec_${Buffer.from('a new secret of 24 bytes.').toString('base64')}`;
const PAYLOAD = '{"id":"evt_1","type":"order.received","data":{"name":"Mü\\u0067"}}';

let server: HttpServer;
let seen: ReceivedRequest[];
let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;

beforeAll(async () => {
  server = await startHttpServer((request) => {
    seen.push(request);
    return answer(request);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answer = () => ({ status: 204 });
});

const sender = createWebhookSender({ allow: ['127.0.0.1'] });

const sending = (fields: Partial<Sending> = {}): Sending => ({
  url: `${server.url}/hook?tenant=1`,
  headers: {},
  secrets: [NEW],
  id: 'evt_1',
  at: new Date(),
  payload: PAYLOAD,
  ...fields,
});

const received = () => seen[0] ?? { body: '', headers: {} };
const verify = (secret: string, body = received().body, headers = received().headers) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('the signature', () => {
  test('is one that the public library accepts, over the very bytes', async () => {
    await sender.send(sending());

    expect(received().body).toBe(PAYLOAD);
    expect(verify(NEW)).toMatchObject({ id: 'evt_1', data: { name: 'Müg' } });
  });

  test('is given with every secret while they rotate', async () => {
    await sender.send(sending({ secrets: [NEW, OLD] }));

    expect(() => verify(OLD)).not.toThrow();
    expect(() => verify(NEW)).not.toThrow();
  });

  test.each([
    ['another secret', () => verify(OLD)],
    ['another body', () => verify(NEW, `${PAYLOAD} `)],
    ['another id', () => verify(NEW, PAYLOAD, { ...received().headers, 'webhook-id': 'evt_2' })],
    ['another time', () => verify(NEW, PAYLOAD, { ...received().headers, 'webhook-timestamp': '1' })],
  ])('does not hold with %s', async (_what, check) => {
    await sender.send(sending());

    expect(check).toThrow();
  });

  test('is not replaced by a custom header, whatever its case', async () => {
    const headers = { 'Webhook-Signature': 'v1,forged', 'WEBHOOK-ID': 'evt_9', 'X-Tenant': 'a', 'Content-Type': 'x/y' };

    await sender.send(sending({ headers }));

    expect(() => verify(NEW)).not.toThrow();
    expect(received().headers).toMatchObject({
      'x-tenant': 'a',
      'content-type': 'application/json',
      'webhook-id': 'evt_1',
    });
  });
});

describe('the outcome', () => {
  test.each([200, 201, 202, 204, 299])('is delivered with %d', async (status) => {
    answer = () => ({ status, text: status === 204 ? '' : 'thanks' });

    expect(await sender.send(sending())).toMatchObject({ outcome: 'delivered', status, error: null });
  });

  test('is gone with 410', async () => {
    answer = () => ({ status: 410 });

    expect(await sender.send(sending())).toMatchObject({ outcome: 'gone', status: 410 });
  });

  test.each([
    [400, {}, null],
    [404, {}, null],
    [429, { 'retry-after': '120' }, 120],
    [500, {}, null],
    [503, { 'retry-after': 'whenever' }, null],
  ])('is failed with %d', async (status, headers, retryAfterSeconds) => {
    answer = () => ({ status, headers, text: 'no' });

    expect(await sender.send(sending())).toMatchObject({
      outcome: 'failed',
      status,
      body: 'no',
      retryAfterSeconds,
      error: `it answered ${status}`,
    });
  });

  test.each([301, 302, 307, 308])('is failed with %d, and nothing goes where it points', async (status) => {
    answer = () => ({ status, headers: { location: `${server.url}/trap` } });

    expect(await sender.send(sending())).toMatchObject({
      outcome: 'failed',
      error: `it answered ${status}, and redirects are not followed`,
    });
    expect(seen.map(({ path }) => path)).toEqual(['/hook']);
  });

  test('keeps the first KiB of the answer', async () => {
    answer = () => ({ status: 200, text: 'x'.repeat(100_000) });

    expect(await sender.send(sending())).toMatchObject({ outcome: 'delivered', body: 'x'.repeat(1_024) });
  });

  test('is failed without a status when nobody listens, or the address is not allowed', async () => {
    const strict = createWebhookSender({ allow: [] });

    expect(await sender.send(sending({ url: 'http://127.0.0.1:1' }))).toMatchObject({
      outcome: 'failed',
      status: null,
      error: 'nothing listens there',
    });
    expect(await strict.send(sending())).toMatchObject({ outcome: 'failed', status: null });
    expect(seen).toEqual([]);
  });

  test('is nothing at all when the sender is told to stop', async () => {
    answer = () => new Promise(() => undefined);
    const ending = new AbortController();
    const reason = new Error('the worker stops');

    const call = sender.send(sending(), ending.signal).catch((error: unknown) => error);
    await until('the request is there', () => seen.length === 1);
    ending.abort(reason);

    expect(await call).toBe(reason);
  });
});
