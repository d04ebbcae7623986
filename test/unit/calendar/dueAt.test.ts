import fc from 'fast-check';

import type { Calendar } from '../../../src/domain/configuration/location.js';
import { dueAt } from '../../../src/domain/calendar/dueAt.js';
import { lastTimeOfDay } from '../../../src/domain/calendar/lastTimeOfDay.js';

const calendar: Calendar = {
  timeZone: 'Europe/Istanbul',
  weekly: {
    mon: [['09:00', '18:00']],
    tue: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
    wed: [['09:00', '18:00']],
  },
  cutOff: '16:00',
};

// Istanbul is three hours ahead of UTC; 23 November 2026 is a Monday.
describe('a package is due', () => {
  test('never, where the location has no target', () => {
    expect(dueAt({ calendar }, '2026-11-23T08:00:00Z', 'UTC')).toBeNull();
  });

  test('some minutes later, where the location never closes', () => {
    expect(dueAt({ targetPackagingMinutes: 90 }, '2026-11-23T23:00:00Z', 'UTC')).toBe('2026-11-24T00:30:00.000Z');
  });

  test('after as many minutes of opening hours, over lunch and night', () => {
    const store = { calendar, targetPackagingMinutes: 4 * 60 };

    expect(dueAt(store, '2026-11-24T08:00:00Z', 'UTC')).toBe('2026-11-24T13:00:00.000Z');
    expect(dueAt(store, '2026-11-23T12:00:00Z', 'UTC')).toBe('2026-11-24T07:00:00.000Z');
  });

  test('to the millisecond, at whatever moment it comes', () => {
    const store = { calendar, targetPackagingMinutes: 4 * 60 };

    expect(dueAt(store, '2026-11-23T12:00:07.123Z', 'UTC')).toBe('2026-11-24T07:00:07.123Z');
  });

  test('counted from the next opening when it comes after the cut-off, or before the doors open', () => {
    const store = { calendar, targetPackagingMinutes: 30 };

    expect(dueAt(store, '2026-11-23T13:30:00Z', 'UTC')).toBe('2026-11-24T06:30:00.000Z');
    expect(dueAt(store, '2026-11-23T03:00:00Z', 'UTC')).toBe('2026-11-23T06:30:00.000Z');
  });

  test('when packages leave, on the next day with hours if they have left', () => {
    const store = { calendar, targetExitTime: '15:00' };

    expect(dueAt(store, '2026-11-23T08:00:00Z', 'UTC')).toBe('2026-11-23T12:00:00.000Z');
    expect(dueAt(store, '2026-11-23T12:30:00Z', 'UTC')).toBe('2026-11-24T12:00:00.000Z');
    expect(dueAt(store, '2026-11-25T14:00:00Z', 'UTC')).toBe('2026-11-30T12:00:00.000Z');
  });

  test('at the earlier of both targets', () => {
    const store = { calendar, targetPackagingMinutes: 600, targetExitTime: '17:00' };

    expect(dueAt(store, '2026-11-23T08:00:00Z', 'UTC')).toBe('2026-11-23T14:00:00.000Z');
  });

  test('never, where the location is always closed', () => {
    const closed = { calendar: { timeZone: 'UTC', weekly: {} }, targetPackagingMinutes: 5, targetExitTime: '15:00' };

    expect(dueAt(closed, '2026-11-23T08:00:00Z', 'UTC')).toBeNull();
  });

  test('in real minutes on the night in which clocks are set back', () => {
    const night: Calendar = { timeZone: 'Europe/Berlin', weekly: { sun: [['00:00', '06:00']] } };

    // 25 October 2026: 03:00 becomes 02:00 again, so that six hours on the wall are seven.
    expect(dueAt({ calendar: night, targetPackagingMinutes: 240 }, '2026-10-24T22:00:00Z', 'UTC')).toBe(
      '2026-10-25T02:00:00.000Z',
    );
  });
});

test.each([
  ['2026-11-23T10:00:00Z', '2026-11-23T00:00:00.000Z'],
  ['2026-11-22T23:59:00Z', '2026-11-22T00:00:00.000Z'],
  ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00.000Z'],
])('the last 03:00 in Istanbul before %s was at %s', (at, last) => {
  expect(lastTimeOfDay(at, '03:00', 'Europe/Istanbul')).toBe(last);
});

test('whatever the moment and the hours, a due time lies ahead, in opening hours or at the exit', () => {
  const day = fc.constantFrom<Calendar['weekly']['mon']>(
    undefined,
    [],
    [['09:00', '18:00']],
    [['00:00', '24:00']],
    [
      ['09:00', '12:00'],
      ['13:30', '22:15'],
    ],
  );
  const weekly = fc.record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day });
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });
  const target = fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined });
  const exit = fc.option(fc.constantFrom('00:00', '02:30', '17:00', '23:59'), { nil: undefined });
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Europe/Istanbul', 'America/New_York', 'Asia/Kolkata');
  fc.assert(
    fc.property(weekly, moment, target, exit, zone, (hours, ms, targetPackagingMinutes, targetExitTime, timeZone) => {
      const at = new Date(ms).toISOString();
      const given = Object.fromEntries(Object.entries(hours).filter(([, spans]) => spans !== undefined));
      const targets = {
        ...(targetPackagingMinutes === undefined ? {} : { targetPackagingMinutes }),
        ...(targetExitTime === undefined ? {} : { targetExitTime }),
      };
      const due = dueAt({ calendar: { timeZone, weekly: given }, ...targets }, at, 'UTC');

      if (due !== null) expect(due > at).toBe(true);
    }),
  );
});
