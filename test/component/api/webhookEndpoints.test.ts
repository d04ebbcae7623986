import { announceNotices as announce } from '../../../src/api/webhookEndpoints/announceNotices.js';
import { useApi } from './support/api.js';

const api = useApi();

const wanted = { url: 'https://erp.example.com/hook', eventTypes: ['*'] };

interface Made {
  id: string;
  secret: string;
}

const make = async (more: object = {}, key?: string): Promise<Made> =>
  (await api.post('/v1/webhook-endpoints', { ...wanted, ...more }, key === undefined ? {} : { key })).body as Made;

const keyFor = async (role: string) => (await api.post('/v1/keys', { name: role, role })).body.key as string;

describe('POST /webhook-endpoints', () => {
  test('201: with its defaults and, only here, its secret', async () => {
    const answer = await api.post('/v1/webhook-endpoints', wanted);

    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...wanted,
        headers: {},
        ordering: 'none',
        payload: 'oms',
        retry: { strategy: 'standard' },
        enabled: true,
      },
    });
    const { id, secret } = answer.body as Made;
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect((await api.get(`/v1/webhook-endpoints/${id}`)).body).not.toHaveProperty('secret');
    expect(await api.dependencies().configuration.webhookEndpoints.secrets(id, new Date())).toEqual([secret]);
  });

  test.each([
    ['no URL', { url: 'erp' }, '/url'],
    ['an event that we do not have', { eventTypes: ['order.exploded'] }, '/eventTypes/0'],
    ['no events', { eventTypes: [] }, '/eventTypes'],
    ['an unknown strategy', { retry: { strategy: 'never' } }, '/retry/strategy'],
  ])('400: %s', async (_case, change, pointer) => {
    expect(await api.post('/v1/webhook-endpoints', { ...wanted, ...change })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });

  test.each([
    ['an address that is refused', { url: 'http://10.0.0.1/' }, '/url'],
    ['a header with a line break', { headers: { 'x-tenant': 'a\r\nhost: b' } }, '/headers/x-tenant'],
    ['a header without a proper name', { headers: { 'x tenant': 'a' } }, '/headers/x tenant'],
    ['a header of ours', { headers: { 'Webhook-Signature': 'a' } }, '/headers/Webhook-Signature'],
  ])('422: %s', async (_case, change, pointer) => {
    expect(await api.post('/v1/webhook-endpoints', { ...wanted, ...change })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('PATCH /webhook-endpoints/{id}', () => {
  test('200: changes what is given and nothing else', async () => {
    const { id } = await make({ ordering: 'per_subject' });

    const answer = await api.ask('PATCH', `/v1/webhook-endpoints/${id}`, {
      body: { enabled: false },
      headers: { 'if-match': '"1"' },
    });

    expect(answer).toMatchObject({ status: 200, body: { enabled: false, ordering: 'per_subject', version: 2 } });
    expect(await api.dependencies().configuration.webhookEndpoints.enabled()).not.toContainEqual(
      expect.objectContaining({ id }),
    );
  });

  test('428 and 412: not without what was read', async () => {
    const { id } = await make();
    const patch = (headers: Record<string, string>) =>
      api.ask('PATCH', `/v1/webhook-endpoints/${id}`, { body: { enabled: false }, headers });

    expect((await patch({})).status).toBe(428);
    expect((await patch({ 'if-match': '"7"' })).status).toBe(412);
  });

  test('a header that lets someone in is hidden, and stays when it comes back hidden', async () => {
    const { id } = await make({ headers: { authorization: 'Bearer abc', 'x-tenant': 't' } });
    const { body } = await api.get(`/v1/webhook-endpoints/${id}`);

    expect(body.headers).toEqual({ authorization: '[hidden]', 'x-tenant': 't' });
    await api.ask('PATCH', `/v1/webhook-endpoints/${id}`, {
      body: { headers: { ...body.headers, 'x-tenant': 'u' } },
      headers: { 'if-match': '"1"' },
    });
    expect(await api.dependencies().configuration.webhookEndpoints.find(id)).toMatchObject({
      headers: { authorization: 'Bearer abc', 'x-tenant': 'u' },
    });
  });
});

describe('POST /webhook-endpoints/{id}/rotate-secret', () => {
  test('200: the new secret signs first, the old one as well until the overlap ends', async () => {
    const { id, secret } = await make();
    const { webhookEndpoints } = api.dependencies().configuration;
    const now = api.dependencies().now();

    const rotated = await api.post(`/v1/webhook-endpoints/${id}/rotate-secret`, { overlapSeconds: 60 });

    expect(rotated.status).toBe(200);
    const fresh = (rotated.body as Made).secret;
    expect(fresh).not.toBe(secret);
    expect(await webhookEndpoints.secrets(id, now)).toEqual([fresh, secret]);
    expect(await webhookEndpoints.secrets(id, new Date(now.getTime() + 60_000))).toEqual([fresh]);
  });

  test('200: needs no body', async () => {
    const { id } = await make();

    expect((await api.ask('POST', `/v1/webhook-endpoints/${id}/rotate-secret`)).status).toBe(200);
  });
});

describe('an erp key', () => {
  test('404: sees and changes its own endpoints and no others', async () => {
    const key = await keyFor('erp');
    const own = await make({}, key);
    const foreign = await make();

    const list = await api.get('/v1/webhook-endpoints', { key });
    expect(list.body.items).toMatchObject([{ id: own.id }]);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/rotate-secret'],
    ] as const) {
      expect((await api.ask(method, `/v1/webhook-endpoints/${foreign.id}${path}`, { key })).status).toBe(404);
    }
    expect((await api.ask('DELETE', `/v1/webhook-endpoints/${own.id}`, { key })).status).toBe(204);
  });

  test('403: a planner may look and not write', async () => {
    const key = await keyFor('planner');

    expect((await api.get('/v1/webhook-endpoints', { key })).status).toBe(200);
    expect((await api.post('/v1/webhook-endpoints', wanted, { key })).status).toBe(403);
  });
});

describe('disabling by ourselves', () => {
  test('is done by one caller, is told, and ends when it is enabled again', async () => {
    const { id } = await make();
    const { webhookEndpoints } = api.dependencies().configuration;

    const done = await Promise.all([1, 2, 3].map(() => webhookEndpoints.disable(id, '410 Gone', new Date())));

    expect(done.filter(Boolean)).toHaveLength(1);
    const { body, headers } = await api.get(`/v1/webhook-endpoints/${id}`);
    expect(body).toMatchObject({ enabled: false, disabledReason: '410 Gone' });
    const enabled = await api.ask('PATCH', `/v1/webhook-endpoints/${id}`, {
      body: { enabled: true },
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    expect(enabled.body).toMatchObject({ enabled: true, disabledReason: null });
  });
});

describe('what happens to endpoints', () => {
  const announceNotices = () => announce(api.dependencies());
  const aboutIt = (id: string) => api.announced.filter(({ subject }) => subject === `webhook-endpoint/${id}`);

  beforeEach(() => {
    api.announced.length = 0;
  });

  test('is announced once: disabling', async () => {
    const { id } = await make();
    await api.dependencies().configuration.webhookEndpoints.disable(id, '410 Gone', new Date());

    await Promise.all([announceNotices(), announceNotices()]);
    await announceNotices();

    expect(new Set(aboutIt(id).map(({ sequence }) => sequence))).toEqual(new Set([1]));
    expect(aboutIt(id)[0]).toMatchObject({
      type: 'webhook.endpoint.disabled',
      data: { id, enabled: false, disabledReason: '410 Gone' },
    });
  });

  test('is announced once and in its order: deliveries that are given up, beside test events', async () => {
    const { id } = await make();
    const { deliveries } = api.dependencies().records;
    const [one, two] = await deliveries.open(id, [announced(1), announced(2)], new Date());
    const failed = (at: string) => ({ ...attempt, at });
    const exhausted = { status: 'exhausted', nextAttemptAt: null } as const;

    await deliveries.record(one?.id ?? '', failed('2026-11-23T09:00:00.000Z'), exhausted);
    await announceNotices();
    expect((await api.post(`/v1/webhook-endpoints/${id}/test`)).status).toBe(202);
    await deliveries.record(two?.id ?? '', failed('2026-11-23T09:00:01.000Z'), exhausted);
    await announceNotices();
    await announceNotices();

    expect(aboutIt(id).map(({ type, sequence, data }) => [type, sequence, (data as { id: string }).id])).toEqual([
      ['webhook.delivery.exhausted', 1, one?.id],
      ['webhook.delivery.exhausted', 3, two?.id],
    ]);
    const { items } = (await api.get(`/v1/events?subject=webhook-endpoint/${id}`)).body;
    expect(items).toMatchObject([{ type: 'webhook.endpoint.test', sequence: 2 }]);
  });

  test('is announced by another process when one did not live to do it', async () => {
    const { id } = await make();
    const { webhookEndpoints } = api.dependencies().configuration;
    await webhookEndpoints.disable(id, '410 Gone', new Date());
    const dies = { ...api.dependencies(), announce: () => Promise.reject(new Error('the process ended here')) };

    await expect(announce(dies)).rejects.toThrow('the process ended here');
    await announceNotices();

    expect(aboutIt(id)).toHaveLength(1);
  });

  const announced = (n: number) => ({ id: `evt_${String(n).repeat(32)}`, type: 'order.received', subject: 'order/R1' });
  const attempt = {
    request: { url: 'https://receiver.example/hook', headers: {} },
    ...{ status: 500, body: '', latencyMs: 3, error: 'it answered 500' },
  };
});
