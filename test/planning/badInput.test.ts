import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { planFiles } from '../../src/cli/plan.js';

const rule = { name: 'all', strategy: 'single' };
const scenario = { name: 'default', defaultLocation: 'A', rules: [rule] };
const good = {
  order: { lines: [{ id: '1', sku: 'X', quantity: 1 }] },
  locations: [{ code: 'A' }],
  stock: [{ location: 'A', sku: 'X', quantity: 1 }],
  scenarios: [scenario],
};

const withRule = (change: object) => ({ ...good, scenarios: [{ ...scenario, rules: [{ ...rule, ...change }] }] });
const withLine = (change: object) => ({ ...good, order: { lines: [{ id: '1', sku: 'X', quantity: 1, ...change }] } });

function write(document: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'plan-')), 'case.json');
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  return file;
}

test.each<[string, unknown, string, string]>([
  ['text that is no JSON', '{', '(whole document)', 'is no JSON'],
  ['an empty document', {}, '/order', 'expected object'],
  ['a field that does not exist', { ...good, stocks: [] }, '/stocks', 'there is no such field'],
  ['a misspelt field of a rule', withRule({ maxPackage: 1 }), '/scenarios/0/rules/0/maxPackage', 'no such field'],
  ['quantity zero', withLine({ quantity: 0 }), '/order/lines/0/quantity', '>=1'],
  ['a fraction of a piece', withLine({ quantity: 1.5 }), '/order/lines/0/quantity', 'int'],
  ['empty lines', { ...good, order: { lines: [] } }, '/order/lines', '>=1'],
  ['empty locations', { ...good, locations: [] }, '/locations', '>=1'],
  ['empty rules', { ...good, scenarios: [{ ...scenario, rules: [] }] }, '/scenarios/0/rules', '>=1'],
  [
    'a line id that is used twice',
    { ...good, order: { lines: [...good.order.lines, ...good.order.lines] } },
    '/order/lines/1/id',
    'used twice',
  ],
  [
    'a location that is given twice',
    { ...good, locations: [{ code: 'A' }, { code: 'A' }] },
    '/locations/1/code',
    'given twice',
  ],
  ['the same stock twice', { ...good, stock: [...good.stock, ...good.stock] }, '/stock/1', 'given twice'],
  [
    'half a coordinate',
    { ...good, locations: [{ code: 'A', address: { latitude: 1 } }] },
    '/locations/0/address/latitude',
    'together',
  ],
  ['negative stock', { ...good, stock: [{ location: 'A', sku: 'X', quantity: -1 }] }, '/stock/0/quantity', '>=0'],
  [
    'an exclusion of an unknown line',
    { ...good, exclusions: [{ location: 'A', line: '7' }] },
    '/exclusions/0/line',
    'no line 7',
  ],
  [
    'an unknown default location',
    { ...good, scenarios: [{ ...scenario, defaultLocation: 'Z' }] },
    '/scenarios/0/defaultLocation',
    'no location Z',
  ],
  [
    'an unknown location in a rule',
    withRule({ locations: { include: ['A', 'Z'] } }),
    '/scenarios/0/rules/0/locations/include/1',
    'no location Z',
  ],
  [
    'a rule that contradicts itself',
    withRule({ locations: { include: ['A'], exclude: ['A'] } }),
    '/scenarios/0/rules/0/locations/exclude/0',
    'both included and excluded',
  ],
  [
    'a misspelt field of an expression',
    withRule({ when: 'order.totl > 5' }),
    '/scenarios/0/rules/0/when',
    'order has no field totl (line 1, column 7)',
  ],
  [
    'a line where there is none',
    withRule({ when: "line.sku == 'X'" }),
    '/scenarios/0/rules/0/when',
    'unknown variable: line',
  ],
  [
    'an expression that could hold the planner up',
    withRule({ when: 'order.lines.all(a, order.lines.all(b, a.sku != b.sku || a.id == b.id))' }),
    '/scenarios/0/rules/0/when',
    'steps on a large order; 2,000,000 are allowed',
  ],
  [
    'many expressions that together could',
    {
      ...good,
      scenarios: [
        {
          ...scenario,
          rules: Array.from({ length: 20 }, (_, n) => ({
            ...rule,
            name: `r${n}`,
            lines: 'order.lines.exists(l, l.id == line.id)',
          })),
        },
      ],
    },
    '/scenarios/0/rules',
    '20,000,000 are allowed',
  ],
  ['half an expression', withRule({ lines: 'line.sku ==' }), '/scenarios/0/rules/0/lines', 'unexpected token'],
  [
    'an expression that does not answer yes or no',
    withRule({ lines: 'line.sku' }),
    '/scenarios/0/rules/0/lines',
    'must answer true or false',
  ],
  [
    'an expression of a condition',
    { ...good, scenarios: [{ ...scenario, conditions: { channel: { expression: 'order.chanel' } } }] },
    '/scenarios/0/conditions/channel/expression',
    'did you mean channel?',
  ],
  [
    'two rules of one name',
    { ...good, scenarios: [{ ...scenario, rules: [rule, rule] }] },
    '/scenarios/0/rules/1/name',
    'another rule',
  ],
  [
    'a state in which no package can begin',
    { ...good, scenarios: [{ ...scenario, initialState: 'packed' }] },
    '/scenarios/0/initialState',
    '"waiting"|"waiting_remote_action"',
  ],
  [
    'another one for several packages',
    { ...good, scenarios: [{ ...scenario, multiplePackagesState: 'out_of_stock' }] },
    '/scenarios/0/multiplePackagesState',
    '"waiting"|"waiting_remote_action"',
  ],
  ['openForPackaging without the time', withRule({ locations: { openForPackaging: true } }), '/at', 'is required'],
  ['two scenarios of one name', { ...good, scenarios: [scenario, scenario] }, '/scenarios/1/name', 'given twice'],
  ['an instant that is not in UTC', { ...good, at: '2026-11-23T12:00:00+03:00' }, '/at', 'Invalid ISO datetime'],
  ['load_age without the time', withRule({ rank: [{ by: 'load_age' }] }), '/at', 'is required'],
  ['minPackageValue without prices', withRule({ minPackageValue: 1 }), '/order/lines/0/unitPrice', 'is required'],
  [
    'a transfer expression',
    { ...good, transferScenarios: [{ name: 't', rules: [{ name: 'r', lines: 'line.skuu == ""' }] }] },
    '/transferScenarios/0/rules/0/lines',
    'did you mean sku?',
  ],
  [
    'an unknown source',
    { ...good, transferScenarios: [{ name: 't', rules: [{ name: 'r', sources: { exclude: ['Q'] } }] }] },
    '/transferScenarios/0/rules/0/sources/exclude/0',
    'no location Q',
  ],
])('%s is refused with a pointer', (_, document, pointer, detail) => {
  const file = write(document);

  const result = planFiles([file], { budgetMs: 100 });

  expect(result).toMatchObject({ exitCode: 1, stdout: '' });
  expect(result.stderr).toContain(`${file}: ${pointer}: `);
  expect(result.stderr).toContain(detail);
});

test('a file that cannot be read is named', () => {
  const result = planFiles(['/nowhere/case.json'], { budgetMs: 100 });

  expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('/nowhere/case.json: ') });
});

test('several files answer one line each, in order; one bad file and nothing is planned', () => {
  const files = [write(good), write({ ...good, scenarios: [] })];

  const result = planFiles(files, { budgetMs: 100 });
  const refused = planFiles([...files, write({})], { budgetMs: 100 });

  expect(
    result.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).outcome),
  ).toEqual(['planned', 'no_scenario']);
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
});
