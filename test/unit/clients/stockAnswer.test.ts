import { readStockAnswer } from '../../../src/clients/stockAnswer.js';

const asked = new Set(['MUG', 'CUP']);
const stock = (quantity: string) => `[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":${quantity}}]}]`;

describe('readStockAnswer', () => {
  test('gives a row for each pair that was answered', () => {
    const body = '[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":3},{"erpCode":"W1","quantity":0}]}]';

    expect(readStockAnswer(body, asked)).toEqual({
      ok: true,
      rows: [
        { location: 'S1', sku: 'MUG', quantity: 3 },
        { location: 'W1', sku: 'MUG', quantity: 0 },
      ],
    });
  });

  test('takes an empty list, and a SKU in two pieces', () => {
    const twice = '[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":3}]},{"sku":"MUG","stocks":[]}]';

    expect(readStockAnswer('[]', asked)).toEqual({ ok: true, rows: [] });
    expect(readStockAnswer(twice, asked)).toMatchObject({ ok: true, rows: [{ quantity: 3 }] });
  });

  test.each([
    ['no JSON', '<html>Maintenance</html>', 'it is not JSON but begins with <html>Maintenance</html>'],
    ['nothing', '', 'it is not JSON but begins with nothing'],
    ['an object', '{"sku":"MUG"}', 'at the top: Invalid input: expected array'],
    ['null', 'null', 'at the top: Invalid input: expected array, received null, found null'],
    ['a negative number', stock('-1'), 'at /0/stocks/0/quantity: Too small: expected number to be >=0, found -1'],
    ['a fraction', stock('1.5'), 'at /0/stocks/0/quantity: Invalid input: expected int, received number, found 1.5'],
    ['a text', stock('"3"'), 'at /0/stocks/0/quantity: Invalid input: expected number, received string, found "3"'],
    ['a huge number', stock('1e400'), 'at /0/stocks/0/quantity: Invalid input: expected number, received Infinity'],
    ['no number', '[{"sku":"MUG","stocks":[{"erpCode":"S1"}]}]', 'at /0/stocks/0/quantity: Invalid input'],
    ['no stocks', '[{"sku":"MUG"}]', 'at /0/stocks: Invalid input: expected array, received undefined, found nothing'],
    ['a field nobody knows', '[{"sku":"MUG","stocks":[],"unit":"box"}]', 'at /0: Unrecognized key: "unit"'],
    ['a SKU that was not asked', '[{"sku":"POT","stocks":[]}]', 'at /0/sku: POT was not asked'],
    [
      'a pair that comes twice',
      '[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":3},{"erpCode":"S1","quantity":4}]}]',
      'at /0/stocks/1: MUG at S1 comes twice',
    ],
    [
      'a pair that comes twice in two pieces',
      '[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":3}]},{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":3}]}]',
      'at /1/stocks/0: MUG at S1 comes twice',
    ],
  ])('does not believe %s', (_what, body, problem) => {
    const answer = readStockAnswer(body, asked);

    expect(answer).toMatchObject({ ok: false, problems: [expect.stringContaining(problem)] });
  });

  test('tells every problem', () => {
    const body = '[{"sku":"MUG","stocks":[{"erpCode":"S1","quantity":-1},{"erpCode":"","quantity":1}]}]';

    expect(readStockAnswer(body, asked)).toMatchObject({ ok: false, problems: { length: 2 } });
  });
});
