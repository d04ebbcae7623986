import { plan } from '../../../src/domain/planning/plan.js';
import { planCaseOf } from '../../../src/store/decisions.js';
import { location } from '../../workflow/support/brand.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';
import { orderBody } from './support/orders.js';

const api = useApi();
const at = '2026-11-23T09:00:00.000Z';
const stamp = { version: 1, createdAt: at, updatedAt: at };

/** An order of which S1 had everything and S2 one piece too little. */
beforeAll(async () => {
  await api.post('/v1/orders', orderBody('Y1'));
  const { records } = api.dependencies();
  const { order } = (await records.orders.find('Y1'))!;
  const [line] = order.lines;
  const stock = [
    { location: 'S1', sku: line!.sku, quantity: 9 },
    { location: 'S2', sku: line!.sku, quantity: line!.quantity - 1 },
  ];
  const any = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;
  const rule = {
    name: 'one place',
    strategy: 'single',
    locations: {},
    rank: [{ by: 'priority', order: 'asc' }],
  } as const;
  const configuration = {
    locations: [
      { ...location('S1', 2), ...stamp },
      { ...location('S2', 1), ...stamp },
    ],
    scenarios: [{ name: 'default', priority: 1, defaultLocation: 'S1', conditions: any, rules: [rule], version: 1 }],
    transferScenarios: [],
  };
  const input = {
    ...{ at, order: { ...order, lines: [line!] }, openPackages: {}, lastWorkAt: {}, discrepancies: [], exclusions: [] },
    ...{ configuration: await records.planningConfigurations.keep(configuration), reserved: [], budgetMs: 250 },
  };
  await records.decisions.open('Y1', 1, stock, new Date(at));
  await records.decisions.decide('Y1', 1, 'planned', {
    ...{ at, requestHash: '', inputHash: '', isFresh: true, isContended: false, input, packages: [] },
    answer: plan(planCaseOf(input, configuration, stock), { budgetMs: 250 }),
    claims: { holds: [], places: [] },
  });
  await records.decisions.open('Y1', 2, stock, new Date(at));
});

const ask = (question: string) => api.get(`/v1/orders/${question}`);

describe('GET /orders/{number}/decisions/{n}/why-not', () => {
  test('200: what the rules said, and the smallest change that would have made it win', async () => {
    expect(await ask('Y1/decisions/1/why-not?location=S2')).toMatchObject({
      status: 200,
      body: {
        location: 'S2',
        outcome: 'could_win',
        rules: [{ rule: 'one place', verdict: 'outranked' }],
        counterfactual: { changes: [{ kind: 'stock', more: 1 }] },
      },
    });
    expect((await ask('Y1/decisions/1/why-not?location=S1')).body).toMatchObject({ outcome: 'chosen' });
  });

  test('404: an unknown order, an unknown decision, and one that was not planned yet', async () => {
    expect((await ask('Y9/decisions/1/why-not?location=S2')).status).toBe(404);
    expect((await ask('Y1/decisions/9/why-not?location=S2')).status).toBe(404);
    expect((await ask('Y1/decisions/2/why-not?location=S2')).status).toBe(404);
  });

  test('422: a location that there was not', async () => {
    expect(await ask('Y1/decisions/1/why-not?location=S9')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: 'location' }] },
    });
  });

  test.each(['Y1/decisions/1/why-not', 'Y1/decisions/0/why-not?location=S1', 'Y1/decisions/x/why-not?location=S1'])(
    '400: %s',
    async (question) => {
      expect((await ask(question)).status).toBe(400);
    },
  );
});

test('oms orders decisions and why-not tell it in words', async () => {
  const run = (...args: string[]) => oms(api.url(), ADMIN_KEY, ['orders', ...args]);

  const decisions = await run('decisions', 'Y1');
  const answer = await run('why-not', 'Y1', '--location', 'S2');
  const refused = await run('why-not', 'Y1', '--location', 'S9');

  expect(decisions.stdout).toContain('Scenario default version 1 applies');
  expect(answer.stdout).toMatch(/S2 would have been chosen with 1 more of /);
  expect(refused).toMatchObject({ status: 1 });
});
