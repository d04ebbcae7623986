import { z } from 'zod';

import { createApp } from '../../../src/api/app.js';
import { hollow } from '../../../src/api/docs/hollow.js';
import type { Endpoint } from '../../../src/api/endpoint.js';
import { createEndpoints } from '../../../src/api/endpoints.js';
import { buildOpenApi } from '../../../src/api/openapi.js';
import { useApi } from './support/api.js';

const api = useApi();

const endpoints = createEndpoints(hollow());
const named = (some: readonly Endpoint[]) =>
  some.map((one) => [`${one.method.toUpperCase()} ${one.path}`, one] as const);

/** Pages for people and machines that are no part of the API. */
const PAGES = ['/openapi.json', '/docs', '/docs/start.js', '/docs/scalar.js', '/problems/{code}'];

// In the shape of an id of whatever kind, and known to nobody.
const ENDPOINT = `whe_${'0'.repeat(26)}`;
const UNKNOWN = ['unknown', 'unknownP1', 'unknownP1T1', '1', ENDPOINT, `${ENDPOINT}.evt_${'0'.repeat(32)}`];

/** The path with ids that its schema takes and that nothing has. */
function unknownPath({ path, request }: Endpoint): string {
  const shape = request.params instanceof z.ZodObject ? (request.params.shape as Record<string, z.ZodType>) : {};
  return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const fitting = UNKNOWN.find((id) => shape[name]?.safeParse(id).success);
    if (fitting === undefined) throw new Error(`${path}: no example for ${name}`);
    return fitting;
  });
}

interface Layer {
  route?: { path: string; stack: { method?: string }[] };
  handle?: { stack?: Layer[] };
}

function servedRoutes(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ route, handle }) => {
    if (!route) return servedRoutes(handle?.stack ?? []);
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    return route.stack.map(({ method = '' }) => `${method} ${path}`);
  });
}

test('the running app serves what the OpenAPI document says, and nothing else', () => {
  const app = createApp(api.dependencies()) as unknown as { router: { stack: Layer[] } };
  const documented = Object.entries(buildOpenApi().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method} ${path.replace(/^\/v1/, '')}`),
  );

  const served = servedRoutes(app.router.stack).filter((route) => !PAGES.some((page) => route === `get ${page}`));

  expect(served.sort()).toEqual(documented.sort());
});

test('the document is served as it is built', async () => {
  const { status, body } = await api.get('/openapi.json', { key: null });

  expect(status).toBe(200);
  expect(body).toEqual(JSON.parse(JSON.stringify(buildOpenApi())));
});

test.each(named(endpoints))('%s answers 401 without a key', async (_name, one) => {
  const answer = await api.ask(one.method.toUpperCase(), `/v1${unknownPath(one)}`, { key: null });

  expect(answer).toMatchObject({ status: 401, body: { type: '/problems/request.unauthenticated' } });
});

test.each(named(endpoints))('%s answers 403 to a role that may not', async (_name, one) => {
  const others = (['readonly', 'omnitron', 'store', 'planner', 'erp'] as const).filter(
    (role) => !one.roles.includes(role),
  );
  for (const role of others) {
    const { key } = (await api.post('/v1/keys', { name: role, role })).body as { key: string };

    const answer = await api.ask(one.method.toUpperCase(), `/v1${unknownPath(one)}`, { key });

    expect([role, answer.status]).toEqual([role, 403]);
  }
});

test.each(named(endpoints))('%s answers 400 to garbage', async (_name, one) => {
  const method = one.method.toUpperCase();
  const path = `/v1${unknownPath(one)}`;

  expect((await api.ask(method, `${path}?nonsense=1`)).status).toBe(400);
  if (method === 'GET' || method === 'DELETE') return;
  for (const raw of ['{"nonsense":1}', '[', '"text"', '{"__proto__":{}}']) {
    expect([raw, (await api.ask(method, path, { raw })).status]).toEqual([raw, 400]);
  }
});

const readsOne = endpoints.filter(
  ({ method, path }) => (method === 'get' || method === 'delete') && path.endsWith('}'),
);
test.each(named(readsOne))('%s answers 404 to an unknown id', async (_name, one) => {
  const answer = await api.ask(one.method.toUpperCase(), `/v1${unknownPath(one)}`);

  expect(answer).toMatchObject({ status: 404, body: { type: '/problems/resource.not_found' } });
});

// What a list cannot do without.
const NEEDED: Readonly<Record<string, string>> = { '/stock-availability': 'sku=MUG' };
const lists = endpoints.filter(({ list, path }) => list !== undefined && !path.includes('{'));
test.each(named(lists))('%s answers 200 in JSON as documented, and in CSV', async (_name, one) => {
  const json = await api.get(`/v1${one.path}?${NEEDED[one.path] ?? ''}&limit=1`);
  const csv = await api.get(`/v1${one.path}?${NEEDED[one.path] ?? ''}`, { headers: { accept: 'text/csv' } });

  expect(json.status).toBe(200);
  expect(one.replies[200]?.safeParse(json.body)).toMatchObject({ success: true });
  expect(csv.headers.get('content-type')).toContain('text/csv');
});
