import { retryAfterSeconds } from '../../../src/clients/retryAfter.js';

const now = new Date('2026-11-23T09:00:00Z');

test.each([
  ['seconds', '120', 120],
  ['no wait', '0', 0],
  ['a date', 'Mon, 23 Nov 2026 09:01:00 GMT', 60],
  ['a date that is over', 'Mon, 23 Nov 2026 08:00:00 GMT', 0],
  ['nothing', undefined, null],
  ['words', 'soon', null],
  ['an empty header', '', null],
  ['a negative number', '-5', null],
])('Retry-After with %s', (_what, header, expected) => {
  expect(retryAfterSeconds(header, now)).toBe(expected);
});
