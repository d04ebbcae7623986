import { useApi } from './support/api.js';

const api = useApi({ rateLimit: { windowMs: 60_000, limit: 5 } });

describe('429', () => {
  test('a key beyond its limit, with when to come back; another key goes on', async () => {
    const { key } = (await api.post('/v1/keys', { name: 'other', role: 'readonly' })).body as { key: string };
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await api.get('/v1/denial-reasons'));

    const refused = answers.at(-1);
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/"key"; r=3; t=\d+/);
    expect(refused).toMatchObject({ status: 429, body: { type: '/problems/request.too_many' } });
    expect(refused?.headers.get('retry-after')).toBe('60');
    expect((await api.get('/v1/denial-reasons', { key })).status).toBe(200);
  });
});
