import { runOms } from '../../support/runOms.js';
import { ADMIN_KEY, useApi } from './support/api.js';

const api = useApi();

const path = '/v1/transfer-scenarios';
const scenario = (name: string, more: object = {}) => ({
  name,
  rules: [{ name: 'hub first', lines: 'all', sources: { include: ['W1'] }, rank: [{ by: 'distance' }] }],
  ...more,
});

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
  for (const code of ['W1', 'W2', 'W3']) {
    await api.put(`/v1/locations/${code}`, {
      name: code,
      type: 'warehouse',
      stockEngine: 'erp',
      address: { country: 'TR' },
    });
  }
});

test('the life of a transfer scenario: draft, published, changed beside, published again, archived', async () => {
  expect(await api.post(path, scenario('life'))).toMatchObject({
    status: 201,
    body: { name: 'life', status: 'draft', version: null, revision: 1, priority: 100 },
  });

  const published = await api.post(`${path}/life/publish`);
  const changed = await api.put(`${path}/life`, scenario('life', { priority: 7 }), {
    headers: { 'if-match': published.headers.get('etag') ?? '' },
  });

  expect(published).toMatchObject({ status: 200, body: { status: 'published', version: 1, draft: null } });
  expect(changed).toMatchObject({ status: 200, body: { priority: 100, draft: { priority: 7 } } });
  expect((await api.post(`${path}/life/publish`)).body).toMatchObject({ version: 2, priority: 7 });
  expect((await api.get(`${path}/life/versions`)).body.items).toMatchObject([
    { version: 2 },
    { version: 1, scenario: { priority: 100 } },
  ]);
  expect((await api.post(`${path}/life/archive`)).body).toMatchObject({ status: 'archived', publishedVersion: null });
  expect((await api.get(`${path}?status=archived`)).body.items).toMatchObject([{ name: 'life' }]);
});

test('publishing one wakes no order: none waits for a transfer scenario', async () => {
  await api.post(path, scenario('quiet'));

  await api.post(`${path}/quiet/publish`);

  expect(api.published).not.toContain('quiet');
});

test('both kinds may use the same name', async () => {
  const rules = [{ name: 'all', strategy: 'single' }];
  await api.post('/v1/distribution-scenarios', { name: 'shared', defaultLocation: 'W1', rules });

  expect((await api.post(path, scenario('shared'))).status).toBe(201);
  expect((await api.get(`${path}/shared`)).body.rules).toMatchObject([{ name: 'hub first' }]);
});

test.each([
  ['an unknown source', { sources: { include: ['W1', 'W9'] } }, '/rules/0/sources/include/1'],
  ['a misspelt field', { when: "location.cod == 'W1'" }, '/rules/0/when'],
  ['lines that are no expression', { lines: 'some' }, '/rules/0/lines'],
])('422: %s is refused and nothing is saved', async (_case, change, pointer) => {
  const rules = [{ ...scenario('bad').rules[0], ...change }];

  expect(await api.post(path, scenario('bad', { rules }))).toMatchObject({
    status: 422,
    body: { errors: [{ pointer }] },
  });
  expect((await api.get(`${path}/bad`)).status).toBe(404);
});

test('400: a default location is no part of it', async () => {
  expect(await api.post(path, scenario('odd', { defaultLocation: 'W1' }))).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/defaultLocation' }] },
  });
});

describe('a location that a scenario names', () => {
  test('409: a draft of a transfer scenario keeps it, and is named with the place', async () => {
    const sources = { exclude: ['W2'] };
    await api.post(path, scenario('keeper', { rules: [{ name: 'r', lines: 'any', sources }] }));

    expect(await api.ask('DELETE', '/v1/locations/W2')).toMatchObject({
      status: 409,
      body: { detail: 'The draft of the scenario keeper names it at /rules/0/sources/exclude/0' },
    });
  });

  test('409: a published version keeps it; 204 once the scenario is archived', async () => {
    const rules = [{ name: 'all', strategy: 'single' }];
    await api.post('/v1/distribution-scenarios', { name: 'holder', defaultLocation: 'W3', rules });
    await api.post('/v1/distribution-scenarios/holder/publish');

    expect(await api.ask('DELETE', '/v1/locations/W3')).toMatchObject({
      status: 409,
      body: { detail: 'The published version of the scenario holder names it at /defaultLocation' },
    });
    await api.post('/v1/distribution-scenarios/holder/archive');
    expect((await api.ask('DELETE', '/v1/locations/W3')).status).toBe(204);
  });
});

describe('DELETE of a draft', () => {
  test('204: of one that was never published, which is gone and can be begun anew', async () => {
    await api.post(path, scenario('brief'));

    expect((await api.ask('DELETE', `${path}/brief/draft`)).status).toBe(204);

    expect((await api.get(`${path}/brief`)).status).toBe(404);
    expect((await api.get(`${path}?limit=200`)).body.items).not.toContainEqual(
      expect.objectContaining({ name: 'brief' }),
    );
    expect((await api.post(`${path}/brief/archive`)).status).toBe(404);
    expect((await api.ask('DELETE', `${path}/brief/draft`)).status).toBe(404);
    expect(await api.post(path, scenario('brief'))).toMatchObject({ status: 201, body: { status: 'draft' } });
  });

  test('an ETag of before does not match the one that was begun anew', async () => {
    const { headers } = await api.post(path, scenario('again'));
    await api.ask('DELETE', `${path}/again/draft`);
    await api.post(path, scenario('again'));

    const changed = await api.put(`${path}/again`, scenario('again'), {
      headers: { 'if-match': headers.get('etag') ?? '' },
    });

    expect(changed.status).toBe(412);
  });

  test('204: of the next version; what is published stays', async () => {
    await api.post(path, scenario('stays'));
    const { headers } = await api.post(`${path}/stays/publish`);
    await api.put(`${path}/stays`, scenario('stays', { priority: 1 }), {
      headers: { 'if-match': headers.get('etag') ?? '' },
    });

    expect((await api.ask('DELETE', `${path}/stays/draft`)).status).toBe(204);

    expect((await api.get(`${path}/stays`)).body).toMatchObject({ status: 'published', priority: 100, draft: null });
    expect((await api.post(`${path}/stays/publish`)).status).toBe(409);
  });
});

describe('oms transfer-scenarios', () => {
  const oms = (...args: string[]) => runOms(['transfer-scenarios', ...args], { url: api.url(), key: ADMIN_KEY });

  test('publishes, tells the versions, and throws a draft away', async () => {
    await api.post(path, scenario('cli'));

    expect(await oms('publish', 'cli')).toMatchObject({ status: 0, stdout: expect.stringContaining('published') });
    expect(JSON.parse((await oms('versions', 'cli', '--json')).stdout)).toMatchObject([{ version: 1 }]);
    await api.post(path, scenario('cli', { priority: 1 }));
    expect(await oms('discard', 'cli')).toMatchObject({ status: 0, stdout: 'Draft of cli thrown away.\n' });
    expect(await oms('discard', 'cli')).toMatchObject({ status: 1, stderr: expect.stringContaining('404') });
    expect((await api.get(`${path}/cli`)).body.draft).toBeNull();
  });
});
