import { plan } from '../../../src/domain/planning/plan.js';
import { planCase } from '../../../src/schemas/planCase.js';
import { startHttpServer, type Answer, type HttpServer, type ReceivedRequest } from '../../support/httpServer.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';

const api = useApi();

let server: HttpServer;
const asked: ReceivedRequest[] = [];
let answer: (request: ReceivedRequest) => Answer;

/** Three mugs at W1, five at S1; of everything else nothing anywhere. */
const shelves = ({ query }: ReceivedRequest): Answer => ({
  json: query.getAll('sku').map((sku) => ({
    sku,
    stocks:
      sku === 'MUG'
        ? [
            { erpCode: 'W1', quantity: 3 },
            { erpCode: 'S1', quantity: 5 },
          ]
        : [],
  })),
});

const order = (more: object = {}) => ({ number: 'R1', lines: [{ id: '1', sku: 'MUG', quantity: 2 }], ...more });

const scenario = (name: string, include: string[], more: object = {}) => ({
  name,
  defaultLocation: 'W1',
  rules: [{ name: 'all', strategy: 'single', locations: { include } }],
  ...more,
});

const simulate = (body: object, query = '', key?: string) =>
  api.post(`/v1/distribution-scenarios/simulate${query}`, body, key ? { key } : {});

beforeAll(async () => {
  server = await startHttpServer((request) => {
    asked.push(request);
    return answer(request);
  });
  await api.put('/v1/stock-engines/erp', { url: server.url });
  for (const code of ['W1', 'S1']) {
    await api.put(`/v1/locations/${code}`, {
      name: code,
      type: 'warehouse',
      stockEngine: 'erp',
      address: { country: 'TR' },
    });
  }
  await api.post('/v1/distribution-scenarios', scenario('live', ['W1']));
  await api.post('/v1/distribution-scenarios/live/publish');
});

afterAll(() => server.close());

beforeEach(() => {
  asked.length = 0;
  answer = shelves;
});

describe('POST /distribution-scenarios/simulate', () => {
  test('200: an order alone is planned on the live configuration with stock asked for now; nothing is kept', async () => {
    const { configuration, records } = api.dependencies();

    const { status, body } = await simulate({ order: order() });

    expect([status, body.outcome, body.scenario]).toEqual([200, 'planned', { name: 'live', version: 1 }]);
    expect(body.packages).toMatchObject([{ location: 'W1', items: [{ line: '1', sku: 'MUG', quantity: 2 }] }]);
    expect(asked.map(({ query }) => query.getAll('sku'))).toEqual([['MUG']]);
    expect(await records.reservations.pagesOf(['MUG'])).toEqual([]);
    expect(await records.quotas.all()).toEqual([]);
    expect(await records.decisions.ofOrder('R1')).toEqual([]);
    expect(await records.orders.find('R1')).toBeNull();
    expect((await configuration.distributionScenarios.active()).map(({ name }) => name)).toEqual(['live']);
  });

  test('200: the answer is byte for byte what `oms plan` makes of the same case', async () => {
    const whole = {
      at: '2026-11-23T09:00:00Z',
      order: order(),
      locations: [{ code: 'A' }, { code: 'B' }],
      stock: [
        { location: 'A', sku: 'MUG', quantity: 1 },
        { location: 'B', sku: 'MUG', quantity: 9, reserved: 2 },
      ],
      openPackages: {},
      lastWorkAt: {},
      discrepancies: [],
      exclusions: [],
      scenarios: [scenario('given', [], { defaultLocation: 'A' })],
      transferScenarios: [],
    };

    const { status, body } = await simulate(whole);

    expect(status).toBe(200);
    expect(JSON.stringify(body)).toBe(JSON.stringify(plan(planCase.parse(whole), { budgetMs: 250 })));
    expect(asked).toEqual([]);
  });

  test('200: live reservations and open packages count', async () => {
    const { records } = api.dependencies();
    const hold = { key: 'R9P1/1', location: 'W1', sku: 'MUG', quantity: 2, order: 'R9', package: 'R9P1', item: '1' };
    await records.reservations.take(hold, 3, new Date());
    try {
      const { body } = await simulate({ order: order() });

      expect([body.outcome, body.parked]).toEqual(['parked', [{ line: '1', sku: 'MUG', quantity: 2 }]]);
    } finally {
      await records.reservations.release([hold]);
    }
  });

  test('200: parts that are given stand for the live ones', async () => {
    const stock = [{ location: 'S1', sku: 'MUG', quantity: 9 }];

    const { body } = await simulate({ order: order(), stock, scenarios: [scenario('mine', ['S1'])] });

    expect(body).toMatchObject({ scenario: { name: 'mine' }, packages: [{ location: 'S1' }] });
    expect(asked).toEqual([]);
  });

  test('200: a draft plans in place of what is published, a new one beside it', async () => {
    const etag = (await api.get('/v1/distribution-scenarios/live')).headers.get('etag') ?? '';
    await api.put('/v1/distribution-scenarios/live', scenario('live', ['S1']), { headers: { 'if-match': etag } });
    await api.post('/v1/distribution-scenarios', scenario('new', ['S1'], { priority: 1 }));

    expect((await simulate({ order: order() })).body).toMatchObject({ packages: [{ location: 'W1' }] });
    expect((await simulate({ order: order() }, '?draft=live')).body).toMatchObject({
      scenario: { name: 'live', version: 2 },
      packages: [{ location: 'S1' }],
    });
    expect((await simulate({ order: order() }, '?draft=new')).body).toMatchObject({
      scenario: { name: 'new', version: 1 },
    });
    await api.ask('DELETE', '/v1/distribution-scenarios/live/draft');
  });

  test('404 and 409: a draft that is not there', async () => {
    expect((await simulate({ order: order() }, '?draft=nobody')).status).toBe(404);
    expect(await simulate({ order: order() }, '?draft=live')).toMatchObject({
      status: 409,
      body: { type: '/problems/scenario.not_a_draft' },
    });
  });

  test.each([
    ['no order', {}, '/order'],
    ['a misspelt field', { order: order({ chanel: 'web' }) }, '/order/chanel'],
    ['no units', { order: { lines: [{ id: '1', sku: 'MUG', quantity: 0 }] } }, '/order/lines/0/quantity'],
    [
      'a line id twice',
      {
        order: {
          lines: [
            { id: '1', sku: 'MUG', quantity: 1 },
            { id: '1', sku: 'CUP', quantity: 1 },
          ],
        },
      },
      '/order/lines/1/id',
    ],
    [
      'an exclusion of an unknown line',
      { order: order(), exclusions: [{ location: 'W1', line: '9' }] },
      '/exclusions/0/line',
    ],
  ])('400: %s', async (_case, body, pointer) => {
    expect(await simulate(body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(asked).toEqual([]);
  });

  test.each([
    [
      'a location that is not there, live',
      { order: order(), scenarios: [scenario('odd', ['W9'])] },
      '/scenarios/0/rules/0/locations/include/0',
    ],
    [
      'a live scenario whose locations the given ones do not have',
      { order: order(), locations: [{ code: 'A' }], stock: [] },
      '/scenarios/0/defaultLocation',
    ],
    [
      'a misspelt field in an expression',
      {
        order: order(),
        scenarios: [scenario('odd', ['W1'], { conditions: { channel: { expression: "order.chanel == 'x'" } } })],
      },
      '/scenarios/0/conditions/channel/expression',
    ],
    [
      'a price that a rule needs',
      {
        order: order(),
        scenarios: [scenario('odd', [], { rules: [{ name: 'r', strategy: 'single', minPackageValue: 5 }] })],
      },
      '/order/lines/0/unitPrice',
    ],
  ])('422: %s', async (_case, body, pointer) => {
    const { status, body: problem } = await simulate(body);

    expect(status).toBe(422);
    expect((problem.errors as { pointer: string }[]).map((fault) => fault.pointer)).toContain(pointer);
  });

  test.each([
    ['is down', { status: 503, text: 'closed' }],
    ['answers nonsense', { json: [{ sku: 'MUG', stocks: [{ erpCode: 'W1', quantity: -1 }] }] }],
  ])('503: a stock service that %s is never zero stock', async (_case, given) => {
    answer = () => given;

    const { status, body } = await simulate({ order: order() });

    expect([status, body.packages]).toEqual([503, undefined]);
    expect(body.detail).toContain('erp');
  });

  test.each([
    ['planner', 200],
    ['readonly', 403],
    ['store', 403],
  ])('a %s key is answered %i', async (role, status) => {
    const { key } = (await api.post('/v1/keys', { name: role, role })).body as { key: string };

    expect((await simulate({ order: order() }, '', key)).status).toBe(status);
  });
});

describe('oms scenarios simulate', () => {
  const run = (input: object, ...args: string[]) =>
    oms(api.url(), ADMIN_KEY, ['scenarios', 'simulate', '-', ...args], JSON.stringify(input));

  test('shows people where the goods would come from and why, and programs the whole answer', async () => {
    const table = await run({ order: order() });
    const json = await run({ order: order() }, '--json');

    expect([table.status, table.stderr]).toEqual([0, '']);
    expect(table.stdout).toMatch(/W1 .*waiting .*all .*2 x MUG/);
    expect(table.stdout).toContain('planned. Scenario live version 1 applies');
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome: 'planned', optimal: true });
  });

  test('is refused with 1, and says where the fault is', async () => {
    const { status, stdout, stderr } = await run({ order: order({ chanel: 'web' }) });

    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('/order/chanel: there is no such field');
  });
});
