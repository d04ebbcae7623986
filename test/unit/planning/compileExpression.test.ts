import { compileExpression, type Subjects } from '../../../src/domain/expressions/compileExpression.js';
import type { Scope } from '../../../src/domain/expressions/model.js';

const order = {
  number: 'R1',
  channel: 'web',
  priority: 2,
  tags: ['vip'],
  customer: { type: 'individual' },
  attributes: { gift: true, weight: 3, ratio: 1.5 },
  lines: [
    { id: '1', sku: 'A', quantity: 2, unitPrice: 100, discount: 0, taxRate: 20, attributes: {} },
    { id: '2', sku: 'B', quantity: 1, unitPrice: 50, discount: 0, taxRate: 8, attributes: { fragile: true } },
  ],
};
const subjects: Subjects = {
  order,
  line: order.lines[1],
  location: { code: 'W1', maxQuota: 5, attributes: {} },
  parcel: { location: 'W1', rule: 'r', items: [{ lineId: '1', sku: 'A', quantity: 2, unitPrice: 100 }] },
};

function evaluate(text: string, scope: Scope = 'order') {
  const compiled = compileExpression(text, scope);
  return compiled.ok ? compiled.test(subjects) : compiled;
}

test.each<[string, Scope]>([
  [`order.tags.exists(t, t == 'vip')`, 'order'],
  [`'vip' in order.tags`, 'order'],
  ['order.priority == 2 && order.lines.size() == 2', 'order'],
  ['order.lines.map(l, l.unitPrice * l.quantity).sum() == 250', 'order'],
  ['order.lines.all(l, order.lines.exists(m, m.id == l.id))', 'order'],
  ['order.lines[0].taxRate > 8', 'order'],
  ['order.notes == null', 'order'],
  ['order.customer.email == null', 'order'],
  ['order.billingAddress == null', 'order'],
  ['order.attributes.absent == null', 'order'],
  ['order.attributes["absent"] == null', 'order'],
  ['order.attributes.weight == 3 && order.attributes.weight < 3.5', 'order'],
  ['order.attributes.ratio > 1', 'order'],
  [`!('absent' in order.attributes) && 'gift' in order.attributes`, 'order'],
  ['!has(order.notes) && has(order.attributes.gift) && !has(order.attributes.absent)', 'order'],
  ['order.shippingAddress.state == null', 'order'],
  ['line.attributes.fragile == true && line.quantity < order.lines[0].quantity', 'line'],
  ['location.maxQuota > 4 && parcel.items[0].quantity == 2', 'place'],
  ['line.sku != parcel.items[0].sku', 'transferLine'],
  ['order.attributes.gift', 'order'],
])('%s holds', (text, scope) => {
  expect(evaluate(text, scope)).toEqual({ holds: true });
});

test.each<[string, Scope, number, string]>([
  ['order.totl > 5', 'order', 6, 'order has no field totl'],
  ['order.chanel == "web"', 'order', 6, 'did you mean channel?'],
  ['order.lines.exists(l, l.quantty > 1)', 'order', 24, 'did you mean quantity?'],
  ['order.billingAddress.contry == "TR"', 'order', 21, 'did you mean country?'],
  ['order["chanel"] == "web"', 'order', 6, 'did you mean channel?'],
  ['has(order.notez)', 'order', 10, 'did you mean notes?'],
  ['dyn(order).chanel == "web"', 'order', 11, 'did you mean channel?'],
  ['[order][0].chanel == "web"', 'order', 11, 'did you mean channel?'],
  ['order.lines.filter(l, true)[0].skuu == "A"', 'order', 31, 'did you mean sku?'],
  ['order.priority > "1"', 'order', 0, 'no such overload: int > string'],
  ['line.sku == "A"', 'order', 0, 'here it can read order'],
  ['package.location == "W1"', 'place', 0, 'write parcel'],
  ['order.priority', 'order', 0, 'must answer true or false, but answers int'],
  ['order.priority ==', 'order', 17, 'unexpected token: EOF'],
  ['order.number.matches("(a+)+$")', 'order', 0, 'there is no function matches'],
  ['cel.bind(x, 1, x == 1)', 'order', 0, 'there is no function bind'],
  ['order.constructor == null', 'order', 6, 'order has no field constructor'],
  ['order.lines.all(a, order.lines.all(b, order.lines.all(c, true)))', 'order', 38, 'too many loops'],
  ['order.lines.all(a, order.lines.all(b, true))', 'line', 19, 'too many loops'],
])('%s is refused', (text, scope, position, detail) => {
  expect(evaluate(text, scope)).toEqual({ ok: false, position, detail: expect.stringContaining(detail) });
});

test.each([
  ['order.notes.contains("gift")', 'null.contains'],
  ['order.lines[7].quantity > 1', 'index out of bounds'],
  ['order.priority / 0 == 1', 'division by zero'],
  ['order.shippingAddress.country == "TR"', `not of type 'string'`],
])('%s cannot be evaluated, so it does not hold and says why', (text, fault) => {
  expect(evaluate(text)).toEqual({ holds: false, fault: expect.stringContaining(fault) });
});

test.each([
  ['too long', `order.channel == "${'x'.repeat(9_000)}"`],
  ['too deep', `${'!('.repeat(60)}true${')'.repeat(60)}`],
  ['too large', Array.from({ length: 600 }, () => 'true').join('&&')],
])('an expression that is %s is refused', (_, text) => {
  expect(evaluate(text)).toMatchObject({ ok: false });
});

const pairs = (body: string) => `order.lines.all(a, order.lines.all(b, ${body}))`;
const many = (part: string, times: number) => Array.from({ length: times }, () => part).join(' && ');

test.each<[string, Scope, string]>([
  ['a large body in two loops', 'order', pairs(many('a.quantity < b.quantity', 40))],
  ['two loops over and over', 'order', many(pairs('a.id == b.id'), 2)],
  ['a large body in a loop over lines, for each line', 'line', `order.lines.all(a, ${many('a.id != line.id', 5)})`],
  [
    'loops over lists that were put together',
    'order',
    'order.lines.all(a, (order.lines + order.lines).all(b, b.quantity > 0))',
  ],
  [
    'lists that grow within each other',
    'order',
    'order.lines.map(l, order.lines + order.lines + order.lines).all(x, x.all(y, y.quantity > 0))',
  ],
])('%s is refused as too costly', (_case, scope, text) => {
  expect(evaluate(text, scope)).toMatchObject({ ok: false, detail: expect.stringMatching(/may take .* steps/) });
});

test('the costliest that is allowed ends within seconds on the largest order', () => {
  const lines = Array.from({ length: 500 }, (_, id) => ({ ...order.lines[0], id: String(id) }));
  const compiled = compileExpression(pairs('a.quantity + b.quantity > 0'), 'order');
  const begun = performance.now();

  expect(compiled.ok && compiled.test({ order: { ...order, lines } })).toEqual({ holds: true });
  expect(performance.now() - begun).toBeLessThan(10_000);
});
