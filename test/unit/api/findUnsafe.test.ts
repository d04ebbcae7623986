import { findUnsafe } from '../../../src/api/serve/findUnsafe.js';

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

describe('what no request may contain', () => {
  test.each([
    ['a scalar', 1],
    ['null', null],
    ['text with emoji and accents', { name: 'Zoë 🧦' }],
    ['dots in a name', { 'SKU.1': 2 }],
    ['32 levels', nested(32)],
  ])('nothing in %s', (_case, input) => {
    expect(findUnsafe(input)).toBeNull();
  });

  test.each([
    ['33 levels', nested(33), `${'/a'.repeat(32)}`],
    ['an operator', { a: [{ $gt: '' }] }, '/a/0/$gt'],
    ['a prototype', JSON.parse('{"a":{"__proto__":{}}}'), '/a/__proto__'],
    ['a constructor', { constructor: 1 }, '/constructor'],
    ['U+0000 in a name', { 'a\u0000': 1 }, '/a\u0000'],
    ['a lone surrogate in a list', ['ok', '\ud800'], '/1'],
    ['a slash in the way', { 'a/b~c': { $x: 1 } }, '/a~1b~0c/$x'],
  ])('%s, with its place', (_case, input, pointer) => {
    expect(findUnsafe(input)).toMatchObject({ pointer });
  });

  test('is found in half a million levels without a stack of its own', () => {
    const bomb: unknown = JSON.parse('['.repeat(500_000) + ']'.repeat(500_000));

    expect(findUnsafe(bomb)?.detail).toContain('nested');
  });
});
