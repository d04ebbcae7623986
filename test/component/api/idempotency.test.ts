import { useApi } from './support/api.js';

const api = useApi();

const body = { name: 'once', role: 'readonly' };
const keyed = (key: string, more: { key?: string } = {}) => ({ headers: { 'idempotency-key': key }, ...more });
const keysNamed = async (name: string) => {
  const { items } = (await api.get('/v1/keys?limit=200')).body as { items: { name: string }[] };
  return items.filter((item) => item.name === name).length;
};

describe('Idempotency-Key', () => {
  test('the same request again gets the first answer again, secret included', async () => {
    const first = await api.post('/v1/keys', body, keyed('k1'));
    const again = await api.post('/v1/keys', { role: 'readonly', name: 'once' }, keyed('k1'));

    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await keysNamed('once')).toBe(1);
  });

  test('422: another request under the same key', async () => {
    await api.post('/v1/keys', body, keyed('k2'));

    expect(await api.post('/v1/keys', { ...body, name: 'other' }, keyed('k2'))).toMatchObject({
      status: 422,
      body: { type: '/problems/idempotency.key_reused' },
    });
    expect(await keysNamed('other')).toBe(0);
  });

  test('twenty at the same time have one effect', async () => {
    const twenty = { ...body, name: 'twenty' };

    const answers = await Promise.all(Array.from({ length: 20 }, () => api.post('/v1/keys', twenty, keyed('k3'))));

    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map((answer) => answer.body.id)).size).toBe(1);
    expect(
      answers.every(({ status, body: { type } }) => status === 201 || type === '/problems/idempotency.in_progress'),
    ).toBe(true);
    expect(await keysNamed('twenty')).toBe(1);
  });

  test('is another key for another caller', async () => {
    const other = (await api.post('/v1/keys', { name: 'other admin', role: 'admin' })).body.key as string;
    const mine = await api.post('/v1/keys', body, keyed('k4'));

    const theirs = await api.post('/v1/keys', body, keyed('k4', { key: other }));

    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('what is kept of the answer does not show the secret', async () => {
    const { body: made } = await api.post('/v1/keys', body, keyed('k5'));
    const { idempotency } = api.dependencies().configuration;

    const records = await idempotency.model.find({}).lean();

    expect(records.length).toBeGreaterThan(0);
    expect(JSON.stringify(records)).not.toContain(made.key);
    expect(JSON.stringify(records)).not.toContain('once');
  });

  test('a refusal that another time may end is not remembered, one that will not is', async () => {
    const late = { ...body, expiresAt: '2020-01-01T00:00:00Z' };

    const refused = await api.post('/v1/keys', late, keyed('k6'));
    const again = await api.post('/v1/keys', late, keyed('k6'));

    expect(refused.status).toBe(422);
    expect(again).toMatchObject({ status: 422, body: refused.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('content-type')).toContain('application/problem+json');
  });

  test('400: a key that is none', async () => {
    for (const key of ['', 'x'.repeat(256), 'é']) {
      expect(await api.post('/v1/keys', body, keyed(key))).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: 'idempotency-key' }] },
      });
    }
  });

  test('is forgotten after a day', async () => {
    const first = await api.post('/v1/keys', body, keyed('k7'));
    api.travel(24 * 3_600_000 + 1);

    const later = await api.post('/v1/keys', body, keyed('k7'));

    expect(later.status).toBe(201);
    expect(later.body.id).not.toBe(first.body.id);
  });
});
