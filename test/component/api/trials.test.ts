import { sumFigures } from '../../../src/domain/planning/compare/figures.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';

const api = useApi();

const scenario = (name: string, more: object = {}) => ({
  name,
  defaultLocation: 'W1',
  rules: [{ name: 'all', strategy: 'single' }],
  ...more,
});

const path = (name: string, what: string) => `/v1/distribution-scenarios/${name}/${what}`;

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
  const place = { name: 'W1', type: 'warehouse', stockEngine: 'erp', address: { country: 'TR' } };
  await api.put('/v1/locations/W1', place);
  for (const name of ['drafted', 'published']) await api.post('/v1/distribution-scenarios', scenario(name));
  await api.post(path('published', 'publish'));
});

describe('POST /distribution-scenarios/{name}/backtest', () => {
  test('202: begun in the background, with its address; there is nothing to compare yet', async () => {
    const { status, headers, body } = await api.post(path('drafted', 'backtest'), { last: 10 });

    expect([status, headers.get('location')]).toEqual([202, `/v1/backtests/${String(body.id)}`]);
    expect(api.workflows.trials).toContain(body.id);
    expect(body).toMatchObject({
      scenario: 'drafted',
      version: 1,
      state: 'running',
      reason: null,
      progress: { done: 0, total: 0 },
      createdBy: 'admin',
      draft: { name: 'drafted' },
      report: { compared: 0, before: { splitRate: null, meanDistanceKm: null }, load: [], differences: [] },
    });
    expect((await api.get(`/v1/backtests/${String(body.id)}`)).body).toEqual(body);
    expect((await api.get('/v1/backtests?scenario=drafted')).body.items).toMatchObject([{ id: body.id, compared: 0 }]);
    expect((await api.get('/v1/backtests?scenario=published')).body.items).toEqual([]);
  });

  test('404: no such scenario; 409: nothing but what is published', async () => {
    expect((await api.post(path('nobody', 'backtest'), {})).status).toBe(404);
    expect(await api.post(path('published', 'backtest'), {})).toMatchObject({
      status: 409,
      body: { type: '/problems/scenario.not_a_draft' },
    });
  });

  test.each([
    [{ last: 0 }, '/last'],
    [{ last: 1_000_000 }, '/last'],
    [{ from: 'yesterday' }, '/from'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, '/to'],
    [{ lst: 5 }, '/lst'],
  ])('400: %j', async (body, pointer) => {
    expect(await api.post(path('drafted', 'backtest'), body)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('POST /backtests/{id}/cancel', () => {
  test('200: over, with what it has found so far; 409 when it is over already', async () => {
    const id = (await api.post(path('drafted', 'backtest'), {})).body.id as string;

    expect(await api.post(`/v1/backtests/${id}/cancel`)).toMatchObject({
      status: 200,
      body: { state: 'cancelled', reason: 'it was cancelled' },
    });
    expect(await api.post(`/v1/backtests/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { type: '/problems/backtest.over' },
    });
    expect((await api.post('/v1/backtests/bkt_unknown/cancel')).status).toBe(404);
  });
});

describe('/distribution-scenarios/{name}/shadow', () => {
  const shadow = (enabled: boolean) => api.post(path('drafted', 'shadow'), { enabled });

  test('404: before the first; 409: of what has no draft', async () => {
    expect((await api.get(path('drafted', 'shadow'))).status).toBe(404);
    expect((await api.get(path('drafted', 'shadow/differences'))).status).toBe(404);
    expect((await shadow(false)).status).toBe(404);
    expect((await api.post(path('published', 'shadow'), { enabled: true })).status).toBe(409);
  });

  test('201: of the draft as it is; 200 while that is running; 201 of a changed one; 200: stopped, also twice', async () => {
    const first = await shadow(true);
    expect(first).toMatchObject({ status: 201, body: { number: 1, enabled: true, draft: { priority: 100 } } });
    expect(await shadow(true)).toMatchObject({ status: 200, body: { number: 1 } });

    const etag = (await api.get('/v1/distribution-scenarios/drafted')).headers.get('etag') ?? '';
    const changed = scenario('drafted', { priority: 7 });
    await api.put('/v1/distribution-scenarios/drafted', changed, { headers: { 'if-match': etag } });
    expect((await api.get(path('drafted', 'shadow'))).body).toMatchObject({ number: 1, draft: { priority: 100 } });
    expect(await shadow(true)).toMatchObject({ status: 201, body: { number: 2, draft: { priority: 7 } } });

    expect(await shadow(false)).toMatchObject({ status: 200, body: { enabled: false, reason: 'it was stopped' } });
    expect(await shadow(false)).toMatchObject({ status: 200, body: { number: 2, enabled: false } });
  });

  test('200: the differences in pages, and the report with them', async () => {
    await shadow(true);
    const { trials } = api.dependencies().records;
    const trial = await trials.latestShadow('drafted');
    if (!trial) throw new Error('there is a shadow');
    const found = [1, 2, 3].map((n) => ({ order: `R${n}`, decision: 1, at: trial.createdAt, difference: 'a -> b' }));
    const place = { at: trial.createdAt, id: 'R3#1' };
    const none = sumFigures([]);
    const progress = { place, compared: 4, skipped: 1, changed: 3, before: none, after: none };
    await trials.advance(trial, progress, found, new Date());

    const page = await api.get(`${path('drafted', 'shadow/differences')}?limit=2`);

    expect(page).toMatchObject({ status: 200, body: { items: [{ order: 'R1' }, { order: 'R2' }] } });
    expect(page.body.next).toEqual(expect.any(String));
    expect((await api.get(path('drafted', 'shadow'))).body.report).toMatchObject({
      compared: 4,
      skipped: 1,
      changed: 3,
      differences: [{ order: 'R1' }, { order: 'R2' }, { order: 'R3' }],
    });
  });

  test('by CLI: show, and 1 where there is none', async () => {
    const shown = await oms(api.url(), ADMIN_KEY, ['scenarios', 'shadow', 'drafted', 'show']);
    const none = await oms(api.url(), ADMIN_KEY, ['scenarios', 'shadow', 'published', 'show']);

    expect([shown.status, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toContain('3 of 4 orders would be planned otherwise (75.0 %); 1 could not be planned again.');
    expect(shown.stdout).toContain('of drafted is running');
    expect([none.status, none.stdout]).toEqual([1, '']);
  });

  test('archiving the scenario ends it; one that is begun afterwards goes on, since publishing brings it back', async () => {
    await shadow(true);
    const running = async () => (await api.dependencies().records.trials.latestShadow('drafted'))?.state;
    api.travel(1_000);

    await api.post(path('drafted', 'archive'));

    expect(await running()).toBe('finished');
    expect((await api.get(path('drafted', 'shadow'))).body).toMatchObject({
      enabled: false,
      reason: 'the scenario was archived',
    });
    api.travel(1_000);
    await shadow(true);
    expect((await api.get(path('drafted', 'shadow'))).body).toMatchObject({ enabled: true, reason: null });
  });

  test('publishing the draft ends it', async () => {
    await api.post('/v1/distribution-scenarios', scenario('soon'));
    await api.post(path('soon', 'shadow'), { enabled: true });

    await api.post(path('soon', 'publish'));

    expect(await api.dependencies().records.trials.latestShadow('soon')).toMatchObject({
      state: 'finished',
      reason: 'the draft was published',
    });
  });

  test('deleting the draft ends it', async () => {
    await shadow(true);

    await api.ask('DELETE', '/v1/distribution-scenarios/drafted/draft');

    expect((await api.get(path('drafted', 'shadow'))).body).toMatchObject({
      enabled: false,
      reason: 'the draft was deleted',
    });
  });
});
