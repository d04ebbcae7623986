import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';

const api = useApi();

interface Made {
  id: string;
}

const make = async (more: object = {}, key?: string): Promise<string> => {
  const body = { url: 'https://erp.example.com/hook', eventTypes: ['*'], ...more };
  return ((await api.post('/v1/webhook-endpoints', body, key === undefined ? {} : { key })).body as Made).id;
};

const keyFor = async (role: string) => (await api.post('/v1/keys', { name: role, role })).body.key as string;

const eventId = (n: number) => `evt_${String(n).padStart(32, '0')}`;

/** Deliveries of `count` events about `subjects` in turn. */
async function deliver(endpoint: string, count: number, subjects = ['order/R1']) {
  const events = Array.from({ length: count }, (_, n) => ({
    id: eventId(n),
    type: 'order.received',
    subject: subjects[n % subjects.length] ?? '',
  }));
  return api.dependencies().records.deliveries.open(endpoint, events, api.dependencies().now());
}

beforeEach(() => {
  api.workflows.delivered.length = 0;
});

describe('POST /webhook-endpoints/{id}/test', () => {
  test('202: an event of its own, numbered on, to this endpoint alone', async () => {
    const id = await make({ eventTypes: ['order.received'], ordering: 'per_subject' });

    const first = await api.post(`/v1/webhook-endpoints/${id}/test`);
    const second = await api.post(`/v1/webhook-endpoints/${id}/test`);

    expect(first.status).toBe(202);
    expect(first.body.delivery).toBe(`${id}.${first.body.event}`);
    expect(api.workflows.delivered[0]).toEqual({
      id: `test/${first.body.event}`,
      announcements: [{ endpoint: id, ordering: 'per_subject', events: [first.body.event] }],
    });
    const log = await api.get(`/v1/events?subject=webhook-endpoint/${id}`);
    expect(log.body.items).toMatchObject([
      { id: first.body.event, type: 'webhook.endpoint.test', sequence: 1, data: { id } },
      { id: second.body.event, sequence: 2 },
    ]);
    expect(JSON.stringify(log.body)).not.toContain('whsec_');
  });

  test('409: nothing is sent to a disabled one', async () => {
    const id = await make({ enabled: false });

    expect(await api.post(`/v1/webhook-endpoints/${id}/test`)).toMatchObject({
      status: 409,
      body: { type: '/problems/webhook.endpoint_disabled' },
    });
  });
});

describe('GET /webhook-deliveries', () => {
  test('200: by endpoint, status and event', async () => {
    const id = await make();
    const [opened] = await deliver(id, 2);
    await api.dependencies().records.deliveries.cancel([opened?.id ?? ''], new Date());

    expect((await api.get(`/v1/webhook-deliveries?endpoint=${id}`)).body.items).toHaveLength(2);
    expect((await api.get(`/v1/webhook-deliveries?endpoint=${id}&status=cancelled`)).body.items).toMatchObject([
      { id: opened?.id, attempts: [], attemptCount: 0 },
    ]);
    expect((await api.get(`/v1/webhook-deliveries?event=${eventId(1)}&endpoint=${id}`)).body.items).toHaveLength(1);
    expect((await api.get(`/v1/webhook-deliveries/${opened?.id}`)).body).toMatchObject({ status: 'cancelled' });
  });

  test('an erp key sees those of its own endpoints, page by page', async () => {
    const key = await keyFor('erp');
    const [one, other, foreign] = [await make({}, key), await make({}, key), await make()];
    await deliver(one, 3);
    api.travel(1_000);
    await deliver(other, 3);
    const [hidden] = await deliver(foreign, 1);

    const seen: string[] = [];
    let path: string | null = '/v1/webhook-deliveries?limit=4';
    while (path !== null) {
      const { body } = await api.get(path, { key });
      seen.push(...(body.items as { endpoint: string; id: string }[]).map(({ id }) => id));
      path = body.next === null ? null : `/v1/webhook-deliveries?limit=4&cursor=${body.next}`;
    }

    expect(new Set(seen).size).toBe(6);
    expect(seen.slice(0, 3).every((id) => id.startsWith(other))).toBe(true);
    expect(seen).not.toContain(hidden?.id);
    expect((await api.get(`/v1/webhook-deliveries?endpoint=${foreign}`, { key })).status).toBe(404);
    expect((await api.get(`/v1/webhook-deliveries/${hidden?.id}`, { key })).status).toBe(404);
    expect((await api.post(`/v1/webhook-deliveries/${hidden?.id}/replay`, undefined, { key })).status).toBe(404);
  });
});

describe('POST /webhook-deliveries/{id}/replay', () => {
  test('202: pending again and on its way, once for one key', async () => {
    const id = await make();
    const [opened] = await deliver(id, 1);
    await api.dependencies().records.deliveries.cancel([opened?.id ?? ''], new Date());
    const replay = () =>
      api.post(`/v1/webhook-deliveries/${opened?.id}/replay`, undefined, {
        headers: { 'idempotency-key': 'replay-1' },
      });

    expect(await replay()).toMatchObject({ status: 202, body: { id: opened?.id, status: 'pending' } });
    expect((await replay()).headers.get('idempotent-replayed')).toBe('true');
    expect(api.workflows.delivered).toMatchObject([{ announcements: [{ endpoint: id, events: [eventId(0)] }] }]);
  });

  test('404 and 409: of an endpoint that is gone or disabled', async () => {
    const id = await make();
    const [opened] = await deliver(id, 1);
    await api.ask('PATCH', `/v1/webhook-endpoints/${id}`, { body: { enabled: false }, headers: { 'if-match': '"1"' } });
    expect((await api.post(`/v1/webhook-deliveries/${opened?.id}/replay`)).status).toBe(409);

    await api.ask('DELETE', `/v1/webhook-endpoints/${id}`);
    expect((await api.post(`/v1/webhook-deliveries/${opened?.id}/replay`)).status).toBe(404);
    expect(api.workflows.delivered).toEqual([]);
  });
});

describe('POST /webhook-deliveries/replay', () => {
  const range = (endpoint: string) => ({ endpoint, from: '2026-11-23T00:00:00Z', to: '2026-11-25T00:00:00Z' });

  test('202: all of a time, in parts', async () => {
    const id = await make();
    await deliver(id, 120);

    expect(await api.post('/v1/webhook-deliveries/replay', range(id))).toMatchObject({
      status: 202,
      body: { count: 120 },
    });
    const events = api.workflows.delivered.map(({ announcements }) => announcements[0]?.events.length);
    expect(events).toEqual([50, 50, 20]);
    expect(new Set(api.workflows.delivered.map((one) => one.id)).size).toBe(3);
  });

  test('202: where order matters, a subject stays in one part and in its order', async () => {
    const id = await make({ ordering: 'per_subject' });
    await deliver(id, 120, ['order/R1', 'order/R2', 'order/R3']);

    await api.post('/v1/webhook-deliveries/replay', range(id));

    const sent = api.workflows.delivered.map(({ announcements }) => announcements[0]?.events ?? []);
    expect(sent.map(({ length }) => length)).toEqual([40, 40, 40]);
    for (const part of sent) expect([...part].sort()).toEqual(part);
  });

  test('202: nothing of a time without deliveries', async () => {
    const id = await make();

    expect((await api.post('/v1/webhook-deliveries/replay', { ...range(id), status: 'exhausted' })).body).toEqual({
      count: 0,
    });
  });
});

describe('oms webhooks', () => {
  const run = (...args: string[]) => oms(api.url(), ADMIN_KEY, ['webhooks', ...args]);

  test('makes an endpoint, sends it a test event, rotates its secret and replays a range', async () => {
    const made = await run('create', 'https://erp.example/hooks', '--types', 'package.created,order.planned');
    const [id = '', secret = ''] = made.stdout.trim().split('\n');
    const tested = await run('test', id);
    const rotated = await run('rotate-secret', id, '--overlap', '60');
    const again = await run('replay-range', id, '--from', '2026-11-23T00:00:00Z', '--to', '2026-11-24T00:00:00Z');

    expect([made, tested, rotated, again].map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(secret).toMatch(/^secret: whsec_/);
    expect(tested.stdout).toContain(id);
    expect(rotated.stdout).toMatch(/^secret: whsec_/);
    expect(again.stdout).toBe('0 are being sent again.\n');
    expect((await api.get(`/v1/webhook-endpoints/${id}`)).body).toMatchObject({
      url: 'https://erp.example/hooks',
      eventTypes: ['package.created', 'order.planned'],
    });
  });

  test('ends with 1 and says why when it is refused', async () => {
    const { status, stderr } = await run('create', 'http://10.0.0.1/hooks');

    expect([status, stderr]).toEqual([1, expect.stringContaining('/url')]);
  });
});
