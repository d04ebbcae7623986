import { nextPollMs } from '../../../src/domain/shipment/polling.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('when a carrier is asked for news of a parcel again', () => {
  test.each([
    ['a parcel that has just moved', 30, 0, 30 * MINUTE],
    ['one that was silent for as long as eight intervals', 30, 4 * HOUR, 30 * MINUTE],
    ['one that was silent for longer: after an eighth of that', 30, 8 * HOUR, HOUR],
    ['one that was silent for days: after four intervals', 30, 72 * HOUR, 2 * HOUR],
    ['an interval of nothing: after a second all the same', 0, 72 * HOUR, 1_000],
  ])('%s', (_, interval, silent, expected) => {
    expect(nextPollMs(interval, silent)).toBe(expected);
  });
});
