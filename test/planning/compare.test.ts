import fc from 'fast-check';

import { differenceOf } from '../../src/domain/planning/compare/difference.js';
import { figuresOf, sumFigures } from '../../src/domain/planning/compare/figures.js';
import { plan } from '../../src/domain/planning/plan.js';
import { anyCase } from './support/anyCase.js';

const RUNS = { numRuns: 500, seed: 42 };
const OPTIONS = { budgetMs: 5_000 };

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test('a plan does not differ from itself, and two that differ do so both ways', () => {
  fc.assert(
    fc.property(anyCase, anyCase, (one, other) => {
      const [a, b] = [plan(one, OPTIONS), plan(other, OPTIONS)];

      expect(differenceOf(a, a)).toBeNull();
      expect(differenceOf(a, { ...a, packages: [...a.packages].reverse() })).toBeNull();
      expect(differenceOf(a, b) === null).toBe(differenceOf(b, a) === null);
    }),
    RUNS,
  );
});

test('every unit ordered is placed, parked or unplanned, and the load of the locations is what is placed', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const figures = figuresOf(input, plan(input, OPTIONS));

      const ordered = sum(input.order.lines.map(({ quantity }) => quantity));
      expect(figures.placedUnits + figures.parkedUnits + figures.unplannedUnits).toBe(ordered);
      expect(sum(figures.load.map(({ units }) => units))).toBe(figures.placedUnits);
      expect(sum(figures.load.map(({ packages }) => packages))).toBe(figures.packages);
    }),
    RUNS,
  );
});

test('sums of sums are the sum of all, in whatever pages they come', () => {
  const figures = anyCase.map((input) => figuresOf(input, plan(input, OPTIONS)));
  fc.assert(
    fc.property(fc.array(figures, { maxLength: 6 }), fc.nat(6), (all, at) => {
      const inPages = sumFigures([sumFigures(all.slice(0, at)), sumFigures(all.slice(at))]);

      expect(inPages).toEqual(sumFigures(all));
    }),
    { ...RUNS, numRuns: 100 },
  );
});
