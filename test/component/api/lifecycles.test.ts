import { transferLifecycle } from '../../../src/domain/lifecycle/pinned.js';
import { useApi } from './support/api.js';
import { parcel } from './support/orders.js';

const api = useApi();

const PACKAGE = '/v1/lifecycles/package';
const TRANSFER = '/v1/lifecycles/transfer';

interface Command {
  readonly command: string;
}

const commandsIn = (commands: readonly Command[]) => commands.map(({ command }) => command);

const versionsIn = (body: unknown) => (body as { items: { version: number }[] }).items.map(({ version }) => version);

const keyOf = async (role: string) => (await api.post('/v1/keys', { name: role, role })).body.key as string;

/** Replaces the draft, whatever there is. */
async function draft(path: string, body: object) {
  const etag = (await api.get(path)).headers.get('etag') ?? '';
  return api.put(path, body, { headers: { 'if-match': etag } });
}

async function publish(path: string, body: object) {
  await draft(path, body);
  return api.post(`${path}/publish`);
}

describe('GET /lifecycles', () => {
  test('200: both, the default table while nothing is published', async () => {
    const { status, body } = await api.get('/v1/lifecycles');

    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { name: 'package', status: 'default' },
      { name: 'transfer', status: 'default' },
    ]);
    expect(body.items[1]).toMatchObject({
      version: null,
      publishedVersion: null,
      changes: null,
      draft: null,
      revision: 0,
    });
    expect(body.items[1].transitions).toContainEqual({
      ...{ command: 'report_missing', slug: 'report_missing', from: ['waiting'], to: ['cancelled'] },
      ...{ by: 'caller', may: 'be_off' },
    });
  });

  test('200: page by page', async () => {
    const first = await api.get('/v1/lifecycles?limit=1');
    const second = await api.get(`/v1/lifecycles?limit=1&cursor=${first.body.next}`);

    expect([first, second].map(({ body }) => body.items[0].name)).toEqual(['package', 'transfer']);
    expect(second.body.next).toBeNull();
  });

  test('404: what has no life cycle', async () => {
    expect((await api.get('/v1/lifecycles/order')).status).toBe(404);
    expect((await api.put('/v1/lifecycles/order', {}, { headers: { 'if-match': '"0"' } })).status).toBe(404);
    expect((await api.post('/v1/lifecycles/order/publish')).status).toBe(404);
  });
});

describe('a draft', () => {
  test('428, 412, 200: only who has read what is there changes it', async () => {
    const body = { commands: { report_missing: { off: true } } };

    expect((await api.put(TRANSFER, body)).status).toBe(428);
    expect((await api.put(TRANSFER, body, { headers: { 'if-match': '"7"' } })).status).toBe(412);
    const made = await api.put(TRANSFER, body, { headers: { 'if-match': '"0"' } });

    expect(made).toMatchObject({
      status: 200,
      body: { status: 'default', revision: 1, draft: { ...body, states: {} } },
    });
    expect(made.headers.get('etag')).toBe('"1"');
    expect((await api.put(TRANSFER, body, { headers: { 'if-match': '"0"' } })).status).toBe(412);
  });

  test('200: it may be wrong; check names every fault, and publish refuses with the same', async () => {
    await draft(TRANSFER, { commands: { receive: { off: true } }, states: { lost: {} } });

    const checked = await api.post(`${TRANSFER}/check`);
    const published = await api.post(`${TRANSFER}/publish`);

    expect(checked).toMatchObject({ status: 200, body: { name: 'transfer', isSound: false } });
    expect(checked.body.faults).toEqual(
      expect.arrayContaining([
        { pointer: '/states/lost', detail: 'there is no state lost' },
        { pointer: '/commands/receive/off', detail: 'receive is needed' },
        { pointer: '/states/in_transit', detail: 'in_transit: can never end' },
        { pointer: '/states/transferred', detail: 'transferred: cannot be reached' },
      ]),
    );
    expect(published).toMatchObject({ status: 422, body: { errors: checked.body.faults } });
    expect((await api.get(TRANSFER)).body).toMatchObject({ status: 'default', version: null });
  });

  test('204, 404: it can be thrown away once', async () => {
    await draft(TRANSFER, {});

    expect((await api.ask('DELETE', `${TRANSFER}/draft`)).status).toBe(204);
    expect((await api.ask('DELETE', `${TRANSFER}/draft`)).status).toBe(404);
    expect((await api.post(`${TRANSFER}/check`)).status).toBe(404);
    expect((await api.post(`${TRANSFER}/publish`)).body.type).toBe('/problems/lifecycle.not_a_draft');
  });

  test.each([
    ['a state off as text', { states: { preparing: { off: 'yes' } } }, '/states/preparing/off'],
    ['a slug with a space', { commands: { pack: { slug: 'a b' } } }, '/commands/pack/slug'],
    ['an unknown option', { transitions: [{ command: 'pack', colour: 'red' }] }, '/transitions/0/colour'],
    ['an unknown role', { transitions: [{ command: 'pack', requires: 'king' }] }, '/transitions/0/requires'],
  ])('400: %s', async (_case, body, pointer) => {
    const answer = await draft(PACKAGE, body);

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('an invoice request', () => {
  const requestInvoice = { url: 'https://invoices.example/new', auth: { type: 'bearer', token: 'top-secret' } };
  const withAuth = (auth: object) => ({
    transitions: [{ command: 'pack', requestInvoice: { ...requestInvoice, auth } }],
  });

  test('the secret is written, kept where it is left out, and never shown', async () => {
    await publish(PACKAGE, withAuth(requestInvoice.auth));
    const kept = await draft(PACKAGE, withAuth({ type: 'bearer' }));

    expect(kept.status).toBe(200);
    const seen = [
      kept,
      await api.get(PACKAGE),
      await api.get(`${PACKAGE}/versions`),
      await api.get(`${PACKAGE}/versions/1`),
    ];
    expect(JSON.stringify(seen)).not.toContain('top-secret');
    const { lifecycles } = api.dependencies().configuration;
    expect((await lifecycles.find('package'))?.draft?.transitions[0]?.requestInvoice).toEqual({
      ...requestInvoice,
      ...{ timeouts: { connectMs: 2_000, readMs: 10_000 }, generateNumber: false },
    });
  });

  test('422: an address that is refused, and a secret that there is not', async () => {
    const refused = { command: 'pack', requestInvoice: { url: 'http://10.0.0.1/' } };
    const elsewhere = { ...requestInvoice, url: 'https://other.example', auth: { type: 'bearer' } };

    expect(await draft(PACKAGE, { transitions: [refused] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/transitions/0/requestInvoice/url' }] },
    });
    expect(await draft(PACKAGE, { transitions: [{ command: 'pack', requestInvoice: elsewhere }] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/transitions/0/requestInvoice/auth/token' }] },
    });
  });
});

describe('a published version', () => {
  test('200: it is in force, numbered, unchanged by the next, and archiving brings the default back', async () => {
    const first = await publish(TRANSFER, { commands: { report_missing: { off: true } } });
    const second = await publish(TRANSFER, { states: { in_transit: { slug: 'on_the_road' } } });

    expect([first.body.publishedVersion, second.body.publishedVersion]).toEqual([1, 2]);
    expect(second.body).toMatchObject({ status: 'published', draft: null });
    expect(versionsIn((await api.get(`${TRANSFER}/versions`)).body)).toEqual([2, 1]);
    expect((await api.get(`${TRANSFER}/versions/1`)).body).toMatchObject({
      changes: { commands: { report_missing: { off: true } } },
    });
    expect((await api.get(`${TRANSFER}/versions/3`)).status).toBe(404);

    const archived = await api.post(`${TRANSFER}/archive`);

    expect(archived.body).toMatchObject({ status: 'default', version: 2, publishedVersion: null, changes: null });
    const { lifecycles } = api.dependencies().configuration;
    expect((await lifecycles.inForce()).transfer).toEqual({ name: 'default', version: 1 });
    const kept = await lifecycles.pinOf({ name: 'transfer', version: 2 });
    expect(kept && transferLifecycle(kept).states.in_transit.slug).toBe('on_the_road');
  });

  test('200: the diagram, in the names of the brand', async () => {
    await draft(TRANSFER, { commands: { dispatch: { slug: 'send_off' } } });

    const of = async (query: string) => (await api.get(`${TRANSFER}/diagram${query}`)).body.diagram as string;

    expect(await of('')).toContain('waiting --> in_transit: dispatch');
    expect(await of('?of=draft')).toContain('waiting --> in_transit: send_off');
    expect(await of('?of=2')).toContain('in_transit: on_the_road');
  });

  test('the audit log tells who published', async () => {
    const { body } = await api.get('/v1/audit?subject=lifecycle/transfer');

    expect(commandsIn((body as { items: Command[] }).items)).toEqual(
      expect.arrayContaining(['put', 'publish', 'archive']),
    );
  });
});

describe('a package that keeps a version', () => {
  const P1 = '/v1/packages/L1P1';
  let store = '';
  let planner = '';

  beforeAll(async () => {
    const made = await publish(PACKAGE, {
      states: { waiting: { slug: 'yeni' } },
      commands: { prepare: { off: true }, pack: { slug: 'paketle' } },
      transitions: [
        { command: 'block', visibility: 'office' },
        { command: 'cancel', requires: 'planner' },
        { command: 'refuse', visibility: 'system' },
      ],
    });
    const lifecycle = { name: 'package', version: made.body.publishedVersion as number };
    const { packages } = api.dependencies().records;
    await packages.save(parcel('L1', 1, { lifecycle }), 1);
    await packages.save(parcel('L2', 1), 1);
    [store, planner] = await Promise.all([keyOf('store'), keyOf('planner')]);
    api.workflows.onCommand = () => parcel('L1', 1, { lifecycle, state: 'packed' });
  });

  beforeEach(() => {
    api.workflows.sent.length = 0;
  });

  const offered = async (key: string) => commandsIn((await api.get(P1, { key })).body.commands as Command[]);

  test('is shown with the names and the commands of its version, for the one who asks', async () => {
    const { body } = await api.get(P1);

    expect(body).toMatchObject({ state: 'waiting', stateSlug: 'yeni', lifecycle: { name: 'package' } });
    expect(body.commands).toContainEqual(expect.objectContaining({ command: 'pack', slug: 'paketle' }));
    expect(body.commands).toContainEqual(expect.objectContaining({ command: 'cancel', requires: 'planner' }));
    expect(await offered(planner)).toEqual(expect.arrayContaining(['block', 'cancel', 'ready']));
    expect(await offered(planner)).not.toEqual(expect.arrayContaining(['prepare']));
    expect(await offered(planner)).not.toEqual(expect.arrayContaining(['refuse']));
    expect(await offered(store)).toContain('ready');
    expect((await offered(store)).filter((name) => ['block', 'cancel'].includes(name))).toEqual([]);
  });

  test('one that began before is shown with the default', async () => {
    const { body } = await api.get('/v1/packages/L2P1');

    expect(body).toMatchObject({ stateSlug: 'waiting', lifecycle: { name: 'default', version: 1 } });
    expect(body.commands[0]).toMatchObject({ command: 'prepare', slug: 'prepare' });
  });

  test("200: a command by the brand's own name, alone and among many", async () => {
    const alone = await api.post(`${P1}/commands`, { command: 'paketle' });
    const many = await api.post('/v1/packages/commands', { items: [{ number: 'L1P1', command: 'paketle' }] });

    expect(alone.status).toBe(200);
    expect(many.body.results).toEqual([{ number: 'L1P1', status: 200 }]);
    expect(api.workflows.sent.map(({ command, meta }) => [command, meta.role])).toEqual([
      [{ command: 'pack' }, 'admin'],
      [{ command: 'pack' }, 'admin'],
    ]);
  });

  test('400: that name for a package that keeps another version', async () => {
    expect((await api.post('/v1/packages/L2P1/commands', { command: 'paketle' })).status).toBe(400);
  });

  test('403: what the life cycle keeps from the role, and the workflow hears nothing of it', async () => {
    const cancel = { command: 'cancel', reason: 'nowhere' };

    expect((await api.post(`${P1}/commands`, cancel, { key: store })).status).toBe(403);
    expect((await api.post(`${P1}/commands`, { command: 'block', reason: 'x' }, { key: store })).status).toBe(403);
    expect((await api.post(`${P1}/commands`, { command: 'refuse', reason: 'x' })).status).toBe(403);
    // The planner may, and is told that there is no such reason.
    expect((await api.post(`${P1}/commands`, cancel, { key: planner })).status).toBe(422);
    expect(api.workflows.sent).toEqual([]);
  });
});
