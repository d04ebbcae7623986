import fc from 'fast-check';

import { distanceMetres } from '../../../src/domain/planning/distance.js';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

/** The angle between two unit vectors: the same great circle by another formula. */
function byVectors(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const unit = ({ latitude, longitude }: typeof a) => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const;
  };
  const [[ax, ay, az], [bx, by, bz]] = [unit(a), unit(b)];
  const cross = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  return 6_371_008.8 * Math.atan2(cross, ax * bx + ay * by + az * bz);
}

test.each([
  ['nothing', at(41, 29), at(41, 29), 0],
  ['a degree along the equator', at(0, 0), at(0, 1), 111_195],
  ['a degree across the date line', at(0, 179.5), at(0, -179.5), 111_195],
  ['half the way round', at(0, 0), at(0, 180), 20_015_114],
  ['from pole to pole', at(90, 17), at(-90, -3), 20_015_114],
  ['Istanbul to Ankara', at(41.0082, 28.9784), at(39.9334, 32.8597), 349_356],
])('%s', (_, from, to, metres) => {
  expect(distanceMetres(from, to)).toBe(metres);
});

test('is the great circle, in whole metres, the same both ways', () => {
  const place = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(place, place, (from, to) => {
      const metres = distanceMetres(from, to) ?? NaN;

      expect(Number.isInteger(metres)).toBe(true);
      expect(Math.abs(metres - byVectors(from, to))).toBeLessThan(1);
      expect(distanceMetres(to, from)).toBe(metres);
    }),
    { numRuns: 1_000 },
  );
});

test('is unknown where one of the four coordinates is missing', () => {
  expect(distanceMetres({ latitude: 1 }, at(1, 1))).toBeNull();
  expect(distanceMetres({ longitude: 1 }, at(1, 1))).toBeNull();
  expect(distanceMetres(at(1, 1), {})).toBeNull();
  expect(distanceMetres(at(1, 1), undefined)).toBeNull();
});
