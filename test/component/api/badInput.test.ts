import fc from 'fast-check';

import { useApi } from './support/api.js';
import { orderBody } from './support/orders.js';

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

const line = { id: '1', sku: 'A', name: 'Mug', quantity: 1, unitPrice: 100 };

describe('an order that is refused with a pointer and a sentence, and not stored', () => {
  test.each<[string, object[], string, string]>([
    ['a line id that is used twice', [line, line], '/lines/1/id', 'used twice'],
    ['quantity zero', [{ ...line, quantity: 0 }], '/lines/0/quantity', '>=1'],
    ['a misspelt field', [{ ...line, quantty: 1 }], '/lines/0/quantty', 'no such field'],
    ['no lines', [], '/lines', '>=1'],
  ])('%s', async (_case, lines, pointer, detail) => {
    const answer = await api.post('/v1/orders', orderBody('BAD1', { lines }));

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ pointer, detail: expect.stringContaining(detail) }] },
    });
    expect((await api.get('/v1/orders/BAD1')).status).toBe(404);
  });
});

/** Mostly the right one, now and then another. */
const mostly = (right: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: wrong });

// Parts that are nearly right, so that most bodies get past the first check.
const code = mostly(
  fc.constantFrom('W1', 'W1', 'W1', 'W9', 'constructor'),
  fc.constantFrom('', '$where', 'ü', '\u0000'),
);
const expression = mostly(
  fc.oneof(
    fc.constantFrom(
      'true',
      'order.x',
      'order.lines.all(l, l.quantity > 0)',
      '[].all(x, x)',
      '1/0 == 1',
      'order.tags[0]',
    ),
    fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'order.lines()[]{}&|!?:<>=+-*/%"\'\\,ax01 \n') }),
  ),
  fc.jsonValue(),
);
const filter = fc.record(
  {
    include: fc.array(code, { maxLength: 2 }),
    exclude: fc.array(code, { maxLength: 2 }),
    withinKm: mostly(fc.integer({ min: 0, max: 100 }), fc.double()),
    sameAs: mostly(fc.constant('country'), fc.constant('x')),
  },
  { requiredKeys: [] },
);
const ofAnyRule = {
  name: mostly(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue()),
  when: expression,
  rank: fc.array(fc.record({ by: mostly(fc.constantFrom('distance', 'stock'), fc.constant('x')) }), { maxLength: 2 }),
};
const packagingRule = fc.record(
  {
    ...ofAnyRule,
    lines: expression,
    strategy: mostly(fc.constantFrom('single', 'fewest', 'partial'), fc.constant('x')),
    locations: filter,
    maxPackages: mostly(fc.integer({ min: 1, max: 3 }), fc.oneof(fc.integer(), fc.constant(null))),
  },
  { requiredKeys: ['name', 'strategy'] },
);
const transferRule = fc.record(
  { ...ofAnyRule, lines: expression, sources: filter },
  { requiredKeys: ['name', 'lines'] },
);
const ofAnyScenario = {
  name: mostly(fc.constant('fuzz'), fc.constantFrom('', 'fuzz2')),
  priority: mostly(fc.nat(3), fc.constant(-1)),
  conditions: fc.record({ channel: fc.oneof(fc.constant('any'), fc.record({ expression })) }, { requiredKeys: [] }),
};
const bodies = {
  'distribution-scenarios': fc.record(
    { ...ofAnyScenario, defaultLocation: code, rules: fc.array(packagingRule, { minLength: 1, maxLength: 2 }) },
    { requiredKeys: ['name', 'defaultLocation', 'rules'] },
  ),
  'transfer-scenarios': fc.record(
    { ...ofAnyScenario, rules: fc.array(transferRule, { minLength: 1, maxLength: 2 }) },
    { requiredKeys: ['name', 'rules'] },
  ),
};

test('whatever is written or linted, the answer is no failure of ours', async () => {
  const seen = new Set<number>();
  const asked = fc.constantFrom('distribution-scenarios' as const, 'transfer-scenarios' as const).chain((kind) =>
    fc.record({
      target: fc.constantFrom(['POST', `/v1/${kind}`], ['PUT', `/v1/${kind}/fuzz`], ['POST', `/v1/${kind}/lint`]),
      body: mostly(bodies[kind], fc.jsonValue()),
    }),
  );
  await fc.assert(
    fc.asyncProperty(asked, async ({ target: [method = '', path = ''], body }) => {
      const { status, body: problem } = await api.ask(method, path, { body });

      seen.add(status);
      expect(status).toBeLessThan(500);
      if (status === 422) expect(problem.errors[0].pointer).toMatch(/^\//);
    }),
    { numRuns: 600, seed: 11 },
  );
  // Otherwise it would have been about one kind of answer only.
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 422]));
});
