import { ERRORS } from '../../../src/platform/errors.js';
import { useApi } from './support/api.js';

const api = useApi();

describe('the documentation', () => {
  test('is a page whose parts all come from us and run under its own policy', async () => {
    const page = await api.get('/docs', { key: null });
    const scripts = [...String(page.body).matchAll(/<script src="([^"]+)"/g)].map(([, source]) => source ?? '');

    expect(page.status).toBe(200);
    expect(scripts).toEqual(['/docs/scalar.js', '/docs/start.js']);
    expect(String(page.body)).not.toMatch(/https?:|<script>|onload=/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const script of scripts) {
      const { status, headers } = await api.get(script, { key: null });
      expect([script, status, headers.get('content-type')]).toEqual([
        script,
        200,
        expect.stringContaining('javascript'),
      ]);
    }
  });

  test.each(Object.keys(ERRORS))('has a page for the problem %s', async (code) => {
    expect((await api.get(`/problems/${code}`, { key: null })).status).toBe(200);
  });

  test.each(['nothing', '__proto__', 'constructor'])('404: has none for %s', async (code) => {
    expect((await api.get(`/problems/${code}`, { key: null })).status).toBe(404);
  });
});

describe('operations', () => {
  test('200: alive and ready', async () => {
    expect(await api.get('/healthz', { key: null })).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api.get('/readyz', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ok', parts: { mongodb: 'ok', temporal: 'ok' } },
    });
  });
});

describe('when a part does not answer', () => {
  const broken = useApi({ ready: () => Promise.resolve({ mongodb: 'ok', temporal: 'cannot be reached' }) });

  test('503: is not ready, and says which part', async () => {
    const answer = await broken.get('/readyz', { key: null });

    expect(answer).toMatchObject({ status: 503, body: { parts: { temporal: 'cannot be reached' } } });
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});
