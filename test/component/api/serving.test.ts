import { gzipSync } from 'node:zlib';

import { useApi } from './support/api.js';

const api = useApi();

const reason = { title: 'Broken' };

describe('every answer', () => {
  test('carries the request id that came in, and one of ours otherwise', async () => {
    const given = await api.get('/v1/denial-reasons', { headers: { 'x-request-id': 'mine-1' } });
    const made = await api.get('/v1/denial-reasons');

    expect(given.headers.get('x-request-id')).toBe('mine-1');
    expect(made.headers.get('x-request-id')).toMatch(/^req_/);
  });

  test('does not repeat a request id that could forge log lines', async () => {
    const { headers } = await api.get('/v1/denial-reasons', { headers: { 'x-request-id': 'a b"\\' } });

    expect(headers.get('x-request-id')).toMatch(/^req_/);
  });

  test('is not kept by caches, and tells browsers what they may do', async () => {
    const { headers } = await api.get('/v1/denial-reasons');

    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('ratelimit-policy')).toContain('key');
  });
});

describe('401', () => {
  test.each([
    ['no key', null],
    ['no key of ours', 'secret'],
    ['an unknown key', `oms_test_nobody_${'a'.repeat(40)}`],
    ['a wrong secret', `oms_test_admin_${'b'.repeat(40)}`],
  ])('%s', async (_case, key) => {
    const answer = await api.get('/v1/denial-reasons', { key });

    expect(answer).toMatchObject({ status: 401, body: { type: '/problems/request.unauthenticated', status: 401 } });
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test('comes before the body is looked at', async () => {
    const answer = await api.ask('PUT', '/v1/denial-reasons/r1', {
      key: null,
      raw: '{',
      headers: { 'content-type': 'text/plain' },
    });

    expect(answer.status).toBe(401);
  });
});

describe('400', () => {
  const put = (raw: string | Uint8Array) => api.ask('PUT', '/v1/denial-reasons/r1', { raw });

  test.each<[string, string | Uint8Array, string]>([
    ['no JSON', '{"title":', ''],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), ''],
    ['no object', '[]', ''],
    ['a missing field', '{}', '/title'],
    ['an unknown field', '{"title":"t","colour":"red"}', '/colour'],
    ['a version of the caller', '{"title":"t","version":7}', '/version'],
    ['a wrong type', '{"title":1}', '/title'],
    ['a number beyond all numbers', '{"title":"t","priority":1e400}', '/priority'],
    ['an operator', '{"title":{"$gt":""}}', '/title/$gt'],
    ['a prototype', '{"title":"t","__proto__":{"isAdmin":true}}', '/__proto__'],
    ['a constructor', '{"title":"t","constructor":{"prototype":{"isAdmin":true}}}', '/constructor'],
    ['U+0000', '{"title":"a\\u0000b"}', '/title'],
    ['a lone surrogate', '{"title":"a\\ud800b"}', '/title'],
    ['another code than in the path', '{"title":"t","code":"r2"}', '/code'],
  ])('%s', async (_case, raw, pointer) => {
    const answer = await put(raw);

    expect(answer).toMatchObject({
      status: 400,
      body: { type: '/problems/request.malformed', instance: '/v1/denial-reasons/r1', errors: [{ pointer }] },
    });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('a depth bomb, without harm to the next request', async () => {
    const answer = await put('{"a":'.repeat(150_000) + '1' + '}'.repeat(150_000));

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ detail: expect.stringContaining('nested') }] } });
    expect((await api.get('/healthz')).status).toBe(200);
  });

  test.each([
    ['an unknown parameter', '/v1/denial-reasons?colour=red', 'colour'],
    ['an operator in the query', '/v1/denial-reasons?limit[$ne]=1', 'limit[$ne]'],
    ['a parameter twice', '/v1/denial-reasons?limit=1&limit=2', 'limit'],
    ['no page', '/v1/denial-reasons?limit=0', 'limit'],
    ['too large a page', '/v1/denial-reasons?limit=201', 'limit'],
    ['a cursor that is not ours', '/v1/denial-reasons?cursor=abc', 'cursor'],
    ['an operator in the path', '/v1/denial-reasons/%7B%22$ne%22:1%7D', 'code'],
    ['U+0000 in the path', '/v1/denial-reasons/a%00', 'code'],
  ])('%s', async (_case, path, pointer) => {
    expect(await api.get(path)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  test('a path that cannot be decoded', async () => {
    expect((await api.get('/v1/denial-reasons/%E0%A4%A')).status).toBe(400);
  });
});

describe('what cannot be taken', () => {
  test('404: an address that is not served', async () => {
    expect(await api.get('/v1/nothing')).toMatchObject({ status: 404, body: { type: '/problems/route.not_found' } });
    expect(await api.get('/nothing')).toMatchObject({ status: 404, body: { type: '/problems/route.not_found' } });
  });

  test('404: a thing that is not there', async () => {
    expect(await api.get('/v1/denial-reasons/none')).toMatchObject({
      status: 404,
      body: { type: '/problems/resource.not_found', title: 'There is no such thing' },
    });
  });

  test('405: another method, with those that are taken', async () => {
    const answer = await api.ask('PATCH', '/v1/denial-reasons/r1', { body: {} });

    expect(answer).toMatchObject({ status: 405, body: { allowed: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT'] } });
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PUT');
  });

  test('406: an answer in XML', async () => {
    expect((await api.get('/v1/denial-reasons', { headers: { accept: 'text/xml' } })).status).toBe(406);
  });

  test('413: a body beyond its limit', async () => {
    const raw = JSON.stringify({ title: 'x'.repeat(1_048_576) });

    expect(await api.ask('PUT', '/v1/denial-reasons/r1', { raw })).toMatchObject({
      status: 413,
      body: { type: '/problems/request.too_large', limit: 1_048_576 },
    });
  });

  test.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON in Latin-1', { 'content-type': 'application/json; charset=latin1' }],
  ])('415: %s', async (_case, headers) => {
    expect((await api.ask('PUT', '/v1/denial-reasons/r1', { raw: '{"title":"t"}', headers })).status).toBe(415);
  });

  test('415: a compressed body', async () => {
    const raw = gzipSync('{"title":"t"}');

    const answer = await api.ask('PUT', '/v1/denial-reasons/r1', { raw, headers: { 'content-encoding': 'gzip' } });

    expect(answer.status).toBe(415);
  });
});

describe('HEAD and OPTIONS', () => {
  test('HEAD answers like GET, without a body', async () => {
    const answer = await api.ask('HEAD', '/v1/denial-reasons');

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  test('OPTIONS tells the methods, without a key', async () => {
    const answer = await api.ask('OPTIONS', '/v1/denial-reasons', { key: null });

    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });
});

describe('the log', () => {
  test('has one line for a request, with neither key nor query nor body', async () => {
    api.lines.length = 0;

    await api.put('/v1/denial-reasons/logged', reason);
    await api.get('/v1/denial-reasons?limit=7');

    const [put, get] = api.lines.map((line) => JSON.parse(line));
    expect(put).toMatchObject({ method: 'PUT', path: '/v1/denial-reasons/logged', status: 201, caller: 'admin' });
    expect(get).toMatchObject({ method: 'GET', path: '/v1/denial-reasons', status: 200 });
    expect(api.lines).toHaveLength(2);
    expect(api.lines.join('')).not.toMatch(/aaaa|Broken|limit/);
  });
});
