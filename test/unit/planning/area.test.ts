import { isSameArea } from '../../../src/domain/planning/area.js';

const istanbul = { country: 'TR', state: 'İstanbul', district: 'Kadıköy', neighbourhood: 'Moda' };

describe('two addresses are in the same area', () => {
  test.each([
    ['İSTANBUL', 'istanbul'],
    ['ISTANBUL', 'İstanbul'],
    ['ıstanbul', 'ISTANBUL'],
    ['IĞDIR', 'ığdır'],
    ['IĞDIR', 'iğdir'],
    ['Iğdır', 'İĞDİR'],
    ['KADIKÖY', 'kadıköy'],
    ['  Kadıköy ', 'Kadıköy'],
    // The dot above and the umlaut as marks of their own.
    ['I\u0307stanbul', 'İstanbul'],
    ['i\u0307stanbul', 'ISTANBUL'],
    ['Kadiko\u0308y', 'Kadıköy'],
    ['ŞIŞLİ', 'şişli'],
  ])('%j and %j are one name', (one, other) => {
    expect(isSameArea('state', { country: 'TR', state: one }, { country: 'TR', state: other })).toBe(true);
    expect(isSameArea('state', { country: 'TR', state: other }, { country: 'TR', state: one })).toBe(true);
  });

  test.each([
    ['Istanbul', 'Istambul'],
    ['Şişli', 'Sisli'],
    ['Köln', 'Koln'],
    ['New York', 'NewYork'],
  ])('%j and %j are two', (one, other) => {
    expect(isSameArea('state', { country: 'TR', state: one }, { country: 'TR', state: other })).toBe(false);
  });

  test.each(['country', 'state', 'district', 'neighbourhood'] as const)(
    'at the level %s only when that level and all coarser ones agree',
    (level) => {
      const levels = ['country', 'state', 'district', 'neighbourhood'] as const;
      for (const changed of levels) {
        const other = { ...istanbul, [changed]: 'elsewhere' };
        expect([changed, isSameArea(level, istanbul, other)]).toEqual([
          changed,
          levels.indexOf(changed) > levels.indexOf(level),
        ]);
      }
    },
  );

  test('never where a level is missing or blank, on one side or on both', () => {
    const { district: _, ...without } = istanbul;
    const blank = { ...istanbul, district: '  ' };

    expect(isSameArea('district', without, istanbul)).toBe(false);
    expect(isSameArea('district', without, without)).toBe(false);
    expect(isSameArea('neighbourhood', without, without)).toBe(false);
    expect(isSameArea('district', blank, blank)).toBe(false);
    expect(isSameArea('state', without, without)).toBe(true);
    expect(isSameArea('country', undefined, undefined)).toBe(false);
  });
});
