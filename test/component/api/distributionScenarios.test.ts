import { useApi } from './support/api.js';

const api = useApi();

const scenario = (name: string, more: object = {}) => ({
  name,
  defaultLocation: 'W1',
  rules: [{ name: 'all', strategy: 'single', locations: { include: ['W1'] } }],
  ...more,
});

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
  for (const code of ['W1', 'W2']) {
    await api.put(`/v1/locations/${code}`, {
      name: code,
      type: 'warehouse',
      stockEngine: 'erp',
      address: { country: 'TR' },
    });
  }
});

const post = (path: string, body?: unknown) => api.post(`/v1/distribution-scenarios${path}`, body);
const get = (path: string) => api.get(`/v1/distribution-scenarios${path}`);

describe('the life of a scenario', () => {
  test('draft, published and immutable, changed beside, published again, archived', async () => {
    const drafted = await post('', scenario('life'));
    expect(drafted).toMatchObject({
      status: 201,
      body: { name: 'life', status: 'draft', version: null, publishedVersion: null, revision: 1, priority: 100 },
    });
    expect(drafted.headers.get('location')).toBe('/v1/distribution-scenarios/life');

    const published = await post('/life/publish');
    expect(published).toMatchObject({
      status: 200,
      body: { status: 'published', version: 1, publishedVersion: 1, draft: null },
    });
    expect(api.published).toContain('life');

    const etag = published.headers.get('etag') ?? '';
    const next = await api.put('/v1/distribution-scenarios/life', scenario('life', { priority: 7 }), {
      headers: { 'if-match': etag },
    });
    expect(next).toMatchObject({ status: 200, body: { status: 'published', priority: 100, draft: { priority: 7 } } });

    expect((await post('/life/publish')).body).toMatchObject({ version: 2, priority: 7 });
    expect((await get('/life/versions')).body.items).toMatchObject([
      { version: 2 },
      { version: 1, scenario: { priority: 100 } },
    ]);
    expect((await get('/life/versions/1')).body).toMatchObject({
      version: 1,
      scenario: { priority: 100 },
      publishedBy: 'admin',
    });
    expect((await get('/life/versions/3')).status).toBe(404);

    expect((await post('/life/archive')).body).toMatchObject({
      status: 'archived',
      version: 2,
      publishedVersion: null,
    });
    expect((await get('?status=archived')).body.items).toMatchObject([{ name: 'life' }]);
  });

  test('409: nothing to publish', async () => {
    await post('', scenario('twice'));
    await post('/twice/publish');

    expect(await post('/twice/publish')).toMatchObject({
      status: 409,
      body: { type: '/problems/scenario.not_a_draft' },
    });
  });

  test('409: a second draft beside the first', async () => {
    await post('', scenario('taken'));

    expect(await post('', scenario('taken'))).toMatchObject({
      status: 409,
      body: { type: '/problems/resource.exists' },
    });
  });

  test('404: publishing what is not there', async () => {
    expect((await post('/nothing/publish')).status).toBe(404);
    expect((await post('/nothing/archive')).status).toBe(404);
  });

  test('ten that publish at once make one version', async () => {
    await post('', scenario('raced'));

    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/raced/publish')));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect((await get('/raced/versions')).body.items).toHaveLength(1);
  });

  test('a draft that changes while it is published is published as one or the other', async () => {
    await post('', scenario('moving'));

    const [published, changed] = await Promise.all([
      post('/moving/publish'),
      api.put('/v1/distribution-scenarios/moving', scenario('moving', { priority: 1 }), {
        headers: { 'if-match': '"1"' },
      }),
    ]);

    const version = (await get('/moving/versions/1')).body.scenario.priority as number;
    expect(published.status).toBe(200);
    expect(version).toBe(published.body.priority);
    expect(changed.status === 200 ? [1, 100] : [100]).toContain(version);
  });
});

describe('PUT /distribution-scenarios/{name}', () => {
  test('201: begins a draft; 428 and 412: not over what was not read', async () => {
    const path = '/v1/distribution-scenarios/put';
    const { name: _, ...unnamed } = scenario('put');

    expect((await api.put(path, unnamed)).status).toBe(201);
    expect((await api.put(path, unnamed)).status).toBe(428);
    expect((await api.put(path, unnamed, { headers: { 'if-match': '"9"' } })).status).toBe(412);
    expect(await api.put(path, scenario('other'), { headers: { 'if-match': '"1"' } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/name' }] },
    });
  });
});

describe('422: what could not plan orders', () => {
  test.each([
    ['an unknown default location', { defaultLocation: 'W9' }, '/defaultLocation'],
    [
      'an unknown location in a rule',
      { rules: [{ name: 'r', strategy: 'single', locations: { exclude: ['W1', 'W9'] } }] },
      '/rules/0/locations/exclude/1',
    ],
    [
      'an expression with a misspelt field',
      { conditions: { channel: { expression: "order.chanel == 'web'" } } },
      '/conditions/channel/expression',
    ],
    ['half an expression', { rules: [{ name: 'r', strategy: 'single', when: 'order.tags.exists(' }] }, '/rules/0/when'],
  ])('%s', async (_case, change, pointer) => {
    expect(await post('', scenario('bad', change))).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect((await get('/bad')).status).toBe(404);
  });

  test('a location that went away between draft and publication', async () => {
    await post('', scenario('late', { defaultLocation: 'W2' }));
    // Past the API, which would refuse it.
    await api.dependencies().configuration.locations.remove('W2', new Date());

    expect(await post('/late/publish')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/defaultLocation' }] },
    });
  });
});

describe('400: what is no scenario', () => {
  test.each([
    ['no rules', { rules: [] }, '/rules'],
    ['an unknown strategy', { rules: [{ name: 'r', strategy: 'magic' }] }, '/rules/0/strategy'],
    ['an operator', { conditions: { channel: { $ne: 'web' } } }, '/conditions/channel/$ne'],
  ])('%s', async (_case, change, pointer) => {
    expect(await post('', scenario('odd', change))).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});
