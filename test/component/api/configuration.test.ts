import { useApi } from './support/api.js';

const api = useApi();

const engine = {
  url: 'https://erp.example.com/stock',
  auth: { type: 'basic', username: 'oms', password: 'very secret' },
};

describe('PUT /denial-reasons/{code}', () => {
  test('201: created with its defaults, where it is and its version', async () => {
    const answer = await api.put('/v1/denial-reasons/broken', { title: 'Broken' });

    expect(answer).toMatchObject({
      status: 201,
      body: { code: 'broken', title: 'Broken', priority: 100, active: true, stockEffect: 'none', version: 1 },
    });
    expect(answer.headers.get('location')).toBe('/v1/denial-reasons/broken');
    expect(answer.headers.get('etag')).toBe('"1"');
    expect((await api.get('/v1/denial-reasons/broken')).body).toEqual(answer.body);
  });

  test('200: replaced as a whole with the ETag that was read', async () => {
    await api.put('/v1/denial-reasons/replaced', { title: 'One', remoteId: 'r-1' });

    const answer = await api.put('/v1/denial-reasons/replaced', { title: 'Two' }, { headers: { 'if-match': '"1"' } });

    expect(answer).toMatchObject({ status: 200, body: { title: 'Two', version: 2 } });
    expect(answer.body).not.toHaveProperty('remoteId');
    expect(answer.headers.get('etag')).toBe('"2"');
  });

  test('428: it exists and the caller did not say what it has read', async () => {
    await api.put('/v1/denial-reasons/guarded', { title: 'One' });

    expect(await api.put('/v1/denial-reasons/guarded', { title: 'Two' })).toMatchObject({
      status: 428,
      body: { type: '/problems/version.required' },
    });
  });

  test.each(['"2"', 'W/"1"', '1', '"x"'])('412: If-Match %s is not its version', async (tag) => {
    const code = `stale${tag.replaceAll(/\W/g, '')}`;
    await api.put(`/v1/denial-reasons/${code}`, { title: 'One' });

    const answer = await api.put(`/v1/denial-reasons/${code}`, { title: 'Two' }, { headers: { 'if-match': tag } });

    expect(answer).toMatchObject({ status: 412, body: { type: '/problems/version.mismatch' } });
    expect((await api.get(`/v1/denial-reasons/${code}`)).body.title).toBe('One');
  });

  test('412: If-Match for what is not there', async () => {
    const answer = await api.put('/v1/denial-reasons/absent', { title: 'One' }, { headers: { 'if-match': '"1"' } });

    expect(answer.status).toBe(412);
  });

  test('one of twenty concurrent changes of a version wins', async () => {
    await api.put('/v1/denial-reasons/raced', { title: 'first' });

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        api.put('/v1/denial-reasons/raced', { title: `n${n}` }, { headers: { 'if-match': '"1"' } }),
      ),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
    expect((await api.get('/v1/denial-reasons/raced')).body.version).toBe(2);
  });
});

describe('GET lists', () => {
  test('200: in pages, each with the way to the next', async () => {
    for (const code of ['c1', 'c2', 'c3']) await api.put(`/v1/cancellation-reasons/${code}`, { title: code });

    const first = await api.get('/v1/cancellation-reasons?limit=2');
    const link = /<(.+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await api.get(link);

    expect(first.body.items).toMatchObject([{ code: 'c1' }, { code: 'c2' }]);
    expect(second.body).toMatchObject({ items: [{ code: 'c3' }], next: null });
    expect(second.headers.get('link')).toBeNull();
  });

  test('200: as CSV, with the columns of the schema and no formulas', async () => {
    await api.put('/v1/carriers/formula', { name: '=1+1', auth: { type: 'basic', username: 'u', password: 'hidden' } });

    const answer = await api.get('/v1/carriers', { headers: { accept: 'text/csv' } });
    const [head, row] = String(answer.body).split('\r\n');

    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(head).toBe(
      'code,name,adapter,url,auth.type,auth.loginUrl,auth.username,statuses,shippingOptions,collects,active,priority,version,createdAt,updatedAt',
    );
    expect(row).toMatch(/^formula,'=1\+1,manual,,basic,,u,,\[\],\[\],true,100,1,/);
    expect(answer.body).not.toContain('hidden');
  });
});

describe('DELETE', () => {
  test('204: gone, and made anew it goes on counting versions', async () => {
    await api.put('/v1/denial-reasons/gone', { title: 'One' });

    expect((await api.ask('DELETE', '/v1/denial-reasons/gone')).status).toBe(204);
    expect((await api.get('/v1/denial-reasons/gone')).status).toBe(404);
    expect(await api.put('/v1/denial-reasons/gone', { title: 'One' })).toMatchObject({
      status: 201,
      body: { version: 2 },
    });
  });

  test('404: what is not there', async () => {
    expect((await api.ask('DELETE', '/v1/denial-reasons/never')).status).toBe(404);
  });

  test('409: a stock engine that locations use', async () => {
    await api.put('/v1/stock-engines/used', engine);
    await api.dependencies().configuration.locations.create('S1', { stockEngine: 'used' } as never, new Date());

    expect(await api.ask('DELETE', '/v1/stock-engines/used')).toMatchObject({
      status: 409,
      body: { type: '/problems/resource.in_use' },
    });
  });
});

describe('secrets of stock engines and carriers', () => {
  test('are stored and never shown', async () => {
    const answer = await api.put('/v1/stock-engines/erp', engine);

    expect(answer).toMatchObject({
      status: 201,
      body: { auth: { type: 'basic', username: 'oms' }, timeoutMs: 10_000 },
    });
    for (const { body } of [answer, await api.get('/v1/stock-engines/erp'), await api.get('/v1/stock-engines')]) {
      expect(JSON.stringify(body)).not.toContain('very secret');
    }
    expect(await api.dependencies().configuration.stockEngines.find('erp')).toMatchObject({ auth: engine.auth });
  });

  test('stay when they are left out for the same address and user', async () => {
    await api.put('/v1/stock-engines/kept', engine);
    const changed = { ...engine, auth: { type: 'basic', username: 'oms' }, timeoutMs: 500 };

    const answer = await api.put('/v1/stock-engines/kept', changed, { headers: { 'if-match': '"1"' } });

    expect(answer.status).toBe(200);
    expect(await api.dependencies().configuration.stockEngines.find('kept')).toMatchObject({
      timeoutMs: 500,
      auth: engine.auth,
    });
  });

  test('422: do not follow to another address', async () => {
    await api.put('/v1/stock-engines/moved', engine);
    const moved = { url: 'https://thief.example.com', auth: { type: 'basic', username: 'oms' } };

    const answer = await api.put('/v1/stock-engines/moved', moved, { headers: { 'if-match': '"1"' } });

    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/auth/password' }] } });
  });

  test.each([
    ['stock-engines', { ...engine, url: 'http://10.0.0.1/' }, '/url'],
    [
      'stock-engines',
      { ...engine, auth: { ...engine.auth, type: 'token', loginUrl: 'http://10.0.0.1/' } },
      '/auth/loginUrl',
    ],
    ['carriers', { name: 'c', adapter: 'shipment-flow', url: 'http://10.0.0.1/' }, '/url'],
  ])('422: %s may not call an address that is refused', async (path, body, pointer) => {
    expect(await api.put(`/v1/${path}/refused`, body)).toMatchObject({
      status: 422,
      body: { type: '/problems/egress.refused', errors: [{ pointer }] },
    });
    expect((await api.get(`/v1/${path}/refused`)).status).toBe(404);
  });

  test('400: a carrier with an interface has an address', async () => {
    expect(await api.put('/v1/carriers/nowhere', { name: 'c', adapter: 'shipment-flow' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/url' }] },
    });
  });
});

describe('settings', () => {
  test('200: all of them with unit, default and what they mean', async () => {
    const { body } = await api.get('/v1/settings');

    expect(body.items).toContainEqual(
      expect.objectContaining({
        name: 'outOfStockRetryMinutes',
        value: 30,
        isDefault: true,
        unit: 'minutes',
        version: 0,
      }),
    );
  });

  test('200: a fraction of a minute; then only with If-Match; DELETE goes back', async () => {
    const path = '/v1/settings/trackingPollMinutes';

    expect(await api.put(path, { value: 0.02 })).toMatchObject({
      status: 200,
      body: { value: 0.02, isDefault: false },
    });
    expect((await api.put(path, { value: 1 })).status).toBe(428);
    const { headers } = await api.get(path);
    expect((await api.put(path, { value: 1 }, { headers: { 'if-match': headers.get('etag') ?? '' } })).status).toBe(
      200,
    );
    expect(await api.dependencies().configuration.settings.read()).toMatchObject({
      trackingPollMinutes: 1,
      outOfStockRetryMinutes: 30,
    });
    expect((await api.ask('DELETE', path)).status).toBe(204);
    expect((await api.get(path)).body).toMatchObject({ value: 30, isDefault: true });
  });

  test.each([
    ['planningAttempts', 0],
    ['outOfStockRetryMinutes', 0],
    ['outOfStockRetryMinutes', '30'],
    ['clickAndCollectRefusal', 'never'],
    ['timeZone', 'Mars/Olympus'],
    ['staleWaitingCheckAt', '25:00'],
  ])('422: %s cannot be %p', async (name, value) => {
    expect(await api.put(`/v1/settings/${name}`, { value })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/value' }] },
    });
  });

  test('404: a setting that we do not have', async () => {
    expect((await api.put('/v1/settings/colour', { value: 1 })).status).toBe(404);
  });
});
