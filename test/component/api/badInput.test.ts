import fc from 'fast-check';

import { useApi } from './support/api.js';

const api = useApi();

const rule = { name: 'all', strategy: 'single' };
const scenario = { name: 'bad', defaultLocation: 'W1', rules: [rule] };
const withRule = (change: object) => ({ ...scenario, rules: [{ ...rule, ...change }] });

beforeAll(async () => {
  await api.put('/v1/stock-engines/erp', { url: 'https://erp.example.com/stock' });
  const address = { country: 'TR' };
  await api.put('/v1/locations/W1', { name: 'W1', type: 'warehouse', stockEngine: 'erp', address });
});

describe('a scenario that is refused with a pointer and a sentence, and not saved', () => {
  test.each<[string, number, object, string, string]>([
    ['an unknown location', 422, withRule({ locations: { include: ['W9'] } }), '/rules/0/locations/include/0', 'W9'],
    ['a misspelt field', 400, withRule({ maxPackage: 2 }), '/rules/0/maxPackage', 'no such field'],
    ['a misspelt field of a filter', 400, withRule({ locations: { type: [] } }), '/rules/0/locations/type', 'no such'],
    [
      'a misspelt field of an expression, with its place and what was meant',
      422,
      { ...scenario, conditions: { channel: { expression: "order.chanel == 'web'" } } },
      '/conditions/channel/expression',
      'order has no field chanel; did you mean channel? (line 1, column 7)',
    ],
    [
      'a variable that is not there',
      422,
      withRule({ when: 'line.quantity > 1' }),
      '/rules/0/when',
      'it can read order',
    ],
    [
      'a rule that contradicts itself',
      422,
      withRule({ locations: { include: ['W1'], exclude: ['W1'] } }),
      '/rules/0/locations/exclude/0',
      'both included and excluded',
    ],
    ['two rules of one name', 422, { ...scenario, rules: [rule, rule] }, '/rules/1/name', 'another rule is named all'],
    ['a limit of zero', 400, withRule({ maxPackages: 0 }), '/rules/0/maxPackages', '>=1'],
    [
      'an expression that is too long',
      400,
      withRule({ when: `order.channel == '${'x'.repeat(9_000)}'` }),
      '/rules/0/when',
      '8192',
    ],
    [
      'an expression that could hold the planner up',
      422,
      withRule({ when: 'order.lines.all(a, order.lines.all(b, a.sku != b.sku || a.id == b.id))' }),
      '/rules/0/when',
      'steps on a large order',
    ],
    [
      'loops within loops within loops',
      422,
      withRule({ when: 'order.lines.all(a, order.lines.all(b, order.lines.all(c, true)))' }),
      '/rules/0/when',
      'too many loops',
    ],
  ])('%s: %i', async (_case, status, body, pointer, detail) => {
    const answers = [
      await api.post('/v1/distribution-scenarios', body),
      await api.put('/v1/distribution-scenarios/bad', body),
    ];

    for (const answer of answers) {
      expect(answer).toMatchObject({
        status,
        body: { errors: [{ pointer, detail: expect.stringContaining(detail) }] },
      });
    }
    expect((await api.get('/v1/distribution-scenarios/bad')).status).toBe(404);
  });

  test('422: a bad draft over a good one leaves the good one', async () => {
    const good = { ...scenario, name: 'good' };
    const { headers } = await api.post('/v1/distribution-scenarios', good);

    const answer = await api.put(
      '/v1/distribution-scenarios/good',
      { ...good, rules: [{ ...rule, when: 'order.x' }] },
      { headers: { 'if-match': headers.get('etag') ?? '' } },
    );

    expect(answer.status).toBe(422);
    expect((await api.get('/v1/distribution-scenarios/good')).body).toMatchObject({ revision: 1, draft: good });
  });
});

const order = {
  number: 'BAD1',
  channel: 'web',
  placedAt: '2026-11-23T09:00:00Z',
  currency: 'EUR',
  customer: { type: 'individual', firstName: 'Ada', lastName: 'Byron' },
  shippingAddress: { country: 'TR' },
  shippingOption: 'standard',
  paymentType: 'card',
  delivery: { type: 'home' },
};
const line = { id: '1', sku: 'A', name: 'Mug', quantity: 1, unitPrice: 100 };

describe('an order that is refused with a pointer and a sentence, and not stored', () => {
  test.each<[string, object[], string, string]>([
    ['a line id that is used twice', [line, line], '/lines/1/id', 'used twice'],
    ['quantity zero', [{ ...line, quantity: 0 }], '/lines/0/quantity', '>=1'],
    ['a misspelt field', [{ ...line, quantty: 1 }], '/lines/0/quantty', 'no such field'],
    ['no lines', [], '/lines', '>=1'],
  ])('%s', async (_case, lines, pointer, detail) => {
    const answer = await api.post('/v1/orders', { ...order, lines });

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ pointer, detail: expect.stringContaining(detail) }] },
    });
    expect((await api.get('/v1/orders/BAD1')).status).toBe(404);
  });
});

// Parts that are nearly right, so that the body gets past the first check.
const code = fc.constantFrom('W1', 'W9', '', 'constructor', '$where', 'ü');
const expression = fc.oneof(
  fc.constantFrom('true', 'order.x', 'order.lines.all(l, l.quantity > 0)', '[].all(x, x)', '1/0 == 1', 'order.tags[0]'),
  fc.string({ maxLength: 40, unit: fc.constantFrom(...'order.lines()[]{}&|!?:<>=+-*/%"\'\\,ax01 \n\u0000') }),
);
const filter = fc.record(
  { include: fc.array(code), exclude: fc.array(code), withinKm: fc.double(), sameAs: fc.constantFrom('country', 'x') },
  { requiredKeys: [] },
);
const anyRule = fc.record(
  {
    name: fc.string({ maxLength: 5 }),
    strategy: fc.constantFrom('single', 'fewest', 'partial', 'x'),
    when: expression,
    lines: expression,
    locations: filter,
    sources: filter,
    maxPackages: fc.oneof(fc.integer(), fc.double(), fc.constant(null)),
    rank: fc.array(fc.record({ by: fc.constantFrom('distance', 'stock', 'x') })),
  },
  { requiredKeys: ['name'] },
);
const nearScenario = fc.record(
  {
    name: fc.constantFrom('fuzz', 'fuzz2', ''),
    defaultLocation: code,
    priority: fc.integer({ min: -1, max: 3 }),
    conditions: fc.record({ channel: fc.oneof(fc.constant('any'), fc.record({ expression }), fc.jsonValue()) }),
    rules: fc.array(anyRule, { maxLength: 3 }),
  },
  { requiredKeys: ['rules'] },
);

test('whatever is written or linted, the answer is no failure of ours', async () => {
  const seen = new Set<number>();
  const target = fc.constantFrom(
    ...['distribution-scenarios', 'transfer-scenarios'].flatMap((kind) => [
      ['POST', `/v1/${kind}`],
      ['PUT', `/v1/${kind}/fuzz`],
      ['POST', `/v1/${kind}/lint`],
    ]),
  );
  await fc.assert(
    fc.asyncProperty(
      target,
      fc.oneof(nearScenario, nearScenario, fc.jsonValue()),
      async ([method = '', path = ''], body) => {
        const { status, body: problem } = await api.ask(method, path, { body });

        seen.add(status);
        expect(status).toBeLessThan(500);
        if (status === 422) expect(problem.errors[0].pointer).toMatch(/^\//);
      },
    ),
    { numRuns: 600, seed: 11 },
  );
  // Otherwise it would have been about one kind of answer only.
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 422]));
});
