import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createOutgoing, type OutgoingRequest } from '../../../src/clients/http.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { resolvingTo } from '../../support/resolvingTo.js';
import { until } from '../../support/until.js';

const LOOPBACK = ['127.0.0.1'];
const LIMITS = { timeoutMs: 5_000, maxBytes: 1_000 };

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
  answer = () => ({ status: 200, text: 'fine' });
});

const http = createOutgoing({ allow: LOOPBACK });
const get = (request: Partial<OutgoingRequest> = {}) => http({ url: server.url, ...LIMITS, ...request });

describe('an outgoing call', () => {
  test('sends these very bytes and gives any status as an answer', async () => {
    answer = () => ({ status: 418, text: 'a pot', headers: { 'x-kind': 'tea' } });

    const got = await get({ method: 'POST', body: '{"ü": 1}', headers: { 'x-mine': 'yes' } });

    expect(got).toMatchObject({ status: 418, body: 'a pot', headers: { 'x-kind': 'tea' } });
    expect(seen).toMatchObject([
      { method: 'POST', body: '{"ü": 1}', headers: { 'x-mine': 'yes', 'user-agent': 'oms' } },
    ]);
  });

  test('takes DELETE and POST without a body', async () => {
    await get({ method: 'DELETE' });
    await get({ method: 'POST' });

    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['DELETE', ''],
      ['POST', ''],
    ]);
  });

  test.each([301, 302, 303, 307, 308])('does not follow a %d', async (status) => {
    answer = () => ({ status, headers: { location: `${server.url}/elsewhere` } });

    const got = await get({ method: 'POST', body: 'secret' });

    expect(got.status).toBe(status);
    expect(seen.map(({ path }) => path)).toEqual(['/']);
  });

  test('is not repeated when the server fails', async () => {
    answer = () => ({ status: 503, headers: { 'retry-after': '0' } });

    expect((await get()).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  test('fails with a longer answer than agreed, or cuts it', async () => {
    answer = () => ({ text: 'x'.repeat(5_000) });

    await expect(get()).rejects.toMatchObject({ fault: 'too_large', message: 'the answer is longer than 1000 bytes' });
    expect((await get({ longer: 'is cut' })).body).toBe('x'.repeat(1_000));
  });

  test('is over when its time is up, and says so', async () => {
    answer = () => new Promise(() => undefined);

    await expect(get({ timeoutMs: 100 })).rejects.toMatchObject({
      fault: 'timeout',
      message: 'no answer within 100 ms',
    });
  });

  test('ends with the reason of the signal', async () => {
    answer = () => new Promise(() => undefined);
    const ending = new AbortController();
    const call = get({ signal: ending.signal });
    const outcome = expect(call).rejects.toBe(ending.signal.reason ?? 'enough');
    await until('the request is there', () => seen.length === 1);

    ending.abort('enough');

    await outcome.catch(() => undefined);
    await expect(call).rejects.toBe('enough');
  });

  test('does not begin when the signal has been given', async () => {
    await expect(get({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(seen).toEqual([]);
  });

  test.each([
    ['nothing listens', 'http://127.0.0.1:1', 'nothing listens there'],
    ['the name is not known', 'http://nowhere.invalid', 'its name '],
  ])('says when %s', async (_what, url, message) => {
    await expect(get({ url })).rejects.toMatchObject({ fault: 'no_answer', message: expect.stringContaining(message) });
  });
});

describe('an answer that never ends', () => {
  let endless: Server;
  let url: string;

  beforeAll(async () => {
    endless = createServer((_, response) => {
      response.writeHead(200);
      const pour = () => {
        if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(pour));
      };
      pour();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    endless.closeAllConnections();
    endless.close();
  });

  test('is cut, and the connection is closed', async () => {
    const got = await get({ url, longer: 'is cut' });

    expect(got).toMatchObject({ status: 200, body: 'x'.repeat(1_000) });
    await until('the connection is closed', async () => (await connections(endless)) === 0);
  });
});

const connections = (of: Server) =>
  new Promise<number>((resolve, reject) =>
    of.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

describe('an address that is not allowed', () => {
  const refused = { fault: 'refused_address', message: 'outgoing calls to its address are not allowed' };
  const strict = createOutgoing({ allow: [] });

  test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433', '127.1', '0.0.0.0'])(
    'is not connected to as %s',
    async (host) => {
      const { port } = new URL(server.url);

      await expect(strict({ url: `http://${host}:${port}`, ...LIMITS })).rejects.toMatchObject(refused);
      expect(seen).toEqual([]);
    },
  );

  test('is refused although a name led elsewhere the first time', async () => {
    // The canary listens where the name leads the second time.
    let canary = 0;
    const other = createServer((_, response) => {
      canary++;
      response.end();
    });
    const { port } = new URL(server.url);
    await new Promise<void>((resolve) => other.listen(Number(port), '127.0.0.2', resolve));
    const answers = ['127.0.0.1', '127.0.0.2'];
    const rebinding = createOutgoing({ allow: LOOPBACK, lookup: resolvingTo(() => [answers.shift() ?? '127.0.0.2']) });
    // Otherwise the connection that was checked is used again, which is no danger.
    answer = () => ({ headers: { connection: 'close' } });

    const first = await rebinding({ url: `http://rebinding.example:${port}`, ...LIMITS });
    const then = await Promise.allSettled(
      Array.from({ length: 20 }, () => rebinding({ url: `http://rebinding.example:${port}`, ...LIMITS })),
    );
    other.close();

    expect(first.status).toBe(200);
    expect(then.every(({ status }) => status === 'rejected')).toBe(true);
    expect(canary).toBe(0);
  });

  test('is refused when it is one of several answers', async () => {
    const mixed = createOutgoing({ allow: LOOPBACK, lookup: resolvingTo(() => ['127.0.0.1', '10.0.0.1']) });

    const call = mixed({ url: `http://mixed.example:${new URL(server.url).port}`, ...LIMITS });

    await expect(call).rejects.toMatchObject(refused);
    expect(seen).toEqual([]);
  });

  test('makes no noise where ranges of both families are allowed', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const both = createOutgoing({ allow: ['127.0.0.0/8', '::1/128'] });

    await both({ url: server.url, ...LIMITS });

    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});
