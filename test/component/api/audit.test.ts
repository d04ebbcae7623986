import { OmsError } from '../../../src/platform/errors.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';
import { parcel } from './support/orders.js';

const api = useApi();
const rows = (body: unknown) => (body as { items: Record<string, string | null>[] }).items;
const reason = { title: 'Broken', stockEffect: 'none' };

async function keyOf(role: string): Promise<{ id: string; key: string }> {
  return (await api.post('/v1/keys', { name: role, role })).body as { id: string; key: string };
}

test('a change of configuration is written down with who made it and the versions before and after', async () => {
  const { id, key } = await keyOf('planner');

  const made = await api.put('/v1/denial-reasons/broken', reason, { key });
  const etag = made.headers.get('etag') ?? '';
  await api.put('/v1/denial-reasons/broken', { ...reason, title: 'Cracked' }, { key, headers: { 'if-match': etag } });
  await api.put('/v1/denial-reasons/broken', reason, { key, headers: { 'if-match': '"9"' } });

  const { body } = await api.get('/v1/audit?subject=denial-reason/broken');
  expect(rows(body).map((row) => [row['command'], row['outcome'], row['before'], row['after']])).toEqual([
    ['put', 'refused', null, null],
    ['put', 'accepted', '1', '2'],
    ['put', 'accepted', null, '1'],
  ]);
  expect(rows(body).every((row) => row['by'] === id && row['way'] === 'api')).toBe(true);
});

test('a new key is written down without its secret', async () => {
  const { id, key } = await keyOf('erp');

  const { body } = await api.get(`/v1/audit?subject=key/${id}`);

  expect(rows(body)).toMatchObject([{ command: 'create', by: 'admin', outcome: 'accepted' }]);
  expect(JSON.stringify(body)).not.toContain(key.split('_').at(-1));
});

describe('a refused command', () => {
  beforeAll(() => api.dependencies().records.packages.save(parcel('A1', 1), 1));

  beforeEach(() => {
    api.workflows.onCommand = () => {
      throw new OmsError('package.illegal_transition', 'A1P1 is waiting and cannot deliver now', {
        context: { state: 'waiting', allowed: ['prepare'] },
      });
    };
  });

  test('is written down with its reason and the state that it found', async () => {
    await api.post('/v1/packages/A1P1/commands', { command: 'deliver' }, { headers: { 'oms-client': 'console' } });

    const { body } = await api.get('/v1/audit?subject=package/A1P1&command=deliver');
    expect(rows(body)).toMatchObject([
      {
        ...{ by: 'admin', way: 'console', outcome: 'refused', before: 'waiting', after: 'waiting', version: 1 },
        detail: 'A1P1 is waiting and cannot deliver now',
      },
    ]);
  });

  test('is written down once, however often it is repeated under its key', async () => {
    const headers = { 'idempotency-key': 'once' };
    for (let n = 0; n < 3; n++) await api.post('/v1/packages/A1P1/commands', { command: 'ship' }, { headers });

    const { body } = await api.get('/v1/audit?subject=package/A1P1&command=ship');
    expect(rows(body)).toHaveLength(1);
  });

  test('of a package that the caller may not know is not written down', async () => {
    const { key } = (await api.post('/v1/keys', { name: 'S9', role: 'store', locations: ['S9'] })).body as {
      key: string;
    };

    const answer = await api.post('/v1/packages/A1P1/commands', { command: 'unblock' }, { key });

    expect(answer.status).toBe(404);
    expect(rows((await api.get('/v1/audit?command=unblock')).body)).toEqual([]);
  });
});

describe('GET /v1/audit', () => {
  const at = (second: number) => `2026-11-20T10:00:0${second}.000Z`;

  beforeAll(async () => {
    for (const second of [1, 2, 3, 4]) {
      await api.dependencies().records.audit.add({
        id: `e${second}`,
        at: at(second),
        ...{ subject: 'package/X1P1', command: 'prepare', by: 'someone', way: 'api', outcome: 'accepted' },
        ...{ before: 'waiting', after: 'preparing', version: second, detail: null },
        ...{ commandId: null, content: null },
      });
    }
  });

  test('200: filters by sender, outcome and time, newest first, in pages', async () => {
    const path = `/v1/audit?by=someone&outcome=accepted&from=${at(2)}&to=${at(4)}&limit=1`;

    const first = await api.get(path);
    const second = await api.get(`${path}&cursor=${first.body.next}`);

    expect([first, second].map(({ body }) => rows(body).map(({ id }) => id))).toEqual([['e3'], ['e2']]);
    expect(second.body.next).toBeNull();
  });

  test('403: for erp, store and omnitron; planner and readonly may read it', async () => {
    const statuses = [];
    for (const role of ['erp', 'store', 'omnitron', 'planner', 'readonly']) {
      statuses.push((await api.get('/v1/audit', { key: (await keyOf(role)).key })).status);
    }

    expect(statuses).toEqual([403, 403, 403, 200, 200]);
  });

  test('oms audit prints it', async () => {
    const { status, stdout } = await oms(api.url(), ADMIN_KEY, ['audit', '--subject', 'package/X1P1', '--json']);

    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual(['e4', 'e3', 'e2', 'e1']);
  });
});
