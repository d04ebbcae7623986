import { isOpenForPackaging } from '../../../src/domain/calendar/isOpenForPackaging.js';
import type { Calendar } from '../../../src/domain/configuration/location.js';

const store: Calendar = {
  timeZone: 'Europe/Istanbul',
  weekly: {
    mon: [['09:00', '18:00']],
    tue: [
      ['13:00', '18:00'],
      ['09:00', '12:00'],
    ],
  },
  exceptions: [
    { date: '2026-12-28', hours: [] },
    { date: '2026-12-27', hours: [['10:00', '14:00']] },
  ],
};
const withCutOff: Calendar = { ...store, cutOff: '16:00' };

// Istanbul is three hours ahead of UTC all year.
test.each<[string, Calendar, string, boolean]>([
  ['before opening: the day has hours', store, '2026-11-23T05:00:00Z', true],
  ['between opening and closing', store, '2026-11-23T09:00:00Z', true],
  ['in the lunch break: the last closing counts', store, '2026-11-24T09:30:00Z', true],
  ['one second before the last closing', store, '2026-11-23T14:59:59Z', true],
  ['at the last closing', store, '2026-11-23T15:00:00Z', false],
  ['one second before the cut-off', withCutOff, '2026-11-23T12:59:59Z', true],
  ['at the cut-off', withCutOff, '2026-11-23T13:00:00Z', false],
  ['on a weekday without hours', store, '2026-11-25T09:00:00Z', false],
  ['on a day that is excepted without hours', store, '2026-12-28T09:00:00Z', false],
  ['on a Sunday that is excepted with hours', store, '2026-12-27T09:00:00Z', true],
  ['after those hours', store, '2026-12-27T11:00:00Z', false],
  ['when the local day is already the next one', store, '2026-11-22T21:30:00Z', true],
])('%s', (_, calendar, instant, expected) => {
  expect(isOpenForPackaging(calendar, instant)).toBe(expected);
});

// On 29 March 2026 clocks in Berlin go from 02:00 to 03:00, on 25 October from 03:00 back to 02:00.
const berlin: Calendar = {
  timeZone: 'Europe/Berlin',
  weekly: { sun: [['01:00', '16:00']], sat: [['09:00', '16:00']] },
};

test.each([
  ['the day before the change to summer time, at 15:59', '2026-03-28T14:59:00Z', true],
  ['the day of the change, at 15:59', '2026-03-29T13:59:00Z', true],
  ['the day of the change, at 16:00, an hour earlier in UTC', '2026-03-29T14:00:00Z', false],
  ['the day of the change to winter time, at 15:59', '2026-10-25T14:59:00Z', true],
  ['the day of the change to winter time, at 16:00', '2026-10-25T15:00:00Z', false],
])('daylight saving: %s', (_, instant, expected) => {
  expect(isOpenForPackaging(berlin, instant)).toBe(expected);
});

test.each([
  ['the first 02:30', '2026-10-25T00:30:00Z', true],
  ['the second 02:30', '2026-10-25T01:30:00Z', true],
])('the hour that comes twice, with a cut-off of 02:45: %s', (_, instant, expected) => {
  expect(isOpenForPackaging({ ...berlin, cutOff: '02:45' }, instant)).toBe(expected);
});

test('the hour that is skipped: a cut-off of 02:30 has passed once the clock shows 03:00', () => {
  expect(isOpenForPackaging({ ...berlin, cutOff: '02:30' }, '2026-03-29T00:59:00Z')).toBe(true);
  expect(isOpenForPackaging({ ...berlin, cutOff: '02:30' }, '2026-03-29T01:00:00Z')).toBe(false);
});
