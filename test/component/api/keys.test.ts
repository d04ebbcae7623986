import { useApi } from './support/api.js';

const api = useApi();

const makeKey = async (body: object) => (await api.post('/v1/keys', body)).body as { id: string; key: string };

describe('POST /keys', () => {
  test('201: shows the key once, and keeps only a hash of its secret', async () => {
    const answer = await api.post('/v1/keys', { name: 'reports', role: 'readonly' });

    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'reports', role: 'readonly', locations: null, createdBy: 'admin', expiresAt: null },
    });
    expect(answer.body.key).toMatch(/^oms_test_[A-Za-z0-9]{12}_[A-Za-z0-9]{43}$/);
    const stored = await api.dependencies().configuration.apiKeys.find(answer.body.id as string);
    expect(JSON.stringify(stored)).not.toContain(String(answer.body.key).split('_')[3]);
    expect((await api.get(`/v1/keys/${answer.body.id}`)).body).not.toHaveProperty('key');
  });

  test.each([
    ['an unknown role', { name: 'n', role: 'god' }, '/role'],
    ['locations without the role store', { name: 'n', role: 'readonly', locations: ['S1'] }, '/locations'],
    ['a time that is none', { name: 'n', role: 'store', expiresAt: 'tomorrow' }, '/expiresAt'],
  ])('400: %s', async (_case, body, pointer) => {
    expect(await api.post('/v1/keys', body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  test('422: a key that would never be valid', async () => {
    const body = { name: 'n', role: 'store', expiresAt: '2020-01-01T00:00:00Z' };

    expect((await api.post('/v1/keys', body)).status).toBe(422);
  });
});

describe('a key', () => {
  test('is valid until it is deleted, and not a moment longer', async () => {
    const { id, key } = await makeKey({ name: 'short', role: 'readonly' });

    expect((await api.get('/v1/denial-reasons', { key })).status).toBe(200);
    expect((await api.ask('DELETE', `/v1/keys/${id}`)).status).toBe(204);
    expect((await api.get('/v1/denial-reasons', { key })).status).toBe(401);
    expect((await api.ask('DELETE', `/v1/keys/${id}`)).status).toBe(404);
  });

  test('is valid until it expires', async () => {
    const { key } = await makeKey({ name: 'dated', role: 'readonly', expiresAt: '2026-11-23T09:01:00Z' });

    expect((await api.get('/v1/denial-reasons', { key })).status).toBe(200);
    api.travel(60_000);
    expect((await api.get('/v1/denial-reasons', { key })).status).toBe(401);
  });

  test.each([
    ['readonly', 200, 403, 403],
    ['planner', 200, 201, 403],
    ['erp', 200, 403, 403],
    ['omnitron', 403, 403, 403],
    ['store', 403, 403, 403],
  ])(
    'with the role %s reads, configures and administers as its role says',
    async (role, reads, configures, administers) => {
      const { key } = await makeKey({ name: role, role });

      expect((await api.get('/v1/denial-reasons', { key })).status).toBe(reads);
      expect((await api.put(`/v1/denial-reasons/by-${role}`, { title: 't' }, { key })).status).toBe(configures);
      expect((await api.get('/v1/keys', { key })).status).toBe(administers);
    },
  );

  test('403 comes before the body is judged', async () => {
    const { key } = await makeKey({ name: 'r', role: 'readonly' });

    expect((await api.ask('PUT', '/v1/denial-reasons/x', { key, raw: '{' })).status).toBe(403);
  });
});
