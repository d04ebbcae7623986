import fc from 'fast-check';

import { addDays, startOfDay } from '../../../src/domain/calendar/days.js';
import { isOpenForPackaging } from '../../../src/domain/calendar/isOpenForPackaging.js';
import { localTime } from '../../../src/domain/calendar/localTime.js';
import { WEEKDAYS, type Calendar, type Hours } from '../../../src/domain/configuration/location.js';

// Far from UTC, with parts of an hour, with half an hour of summer time, and with changes at midnight.
const ZONES = [
  'UTC',
  'Europe/Istanbul',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Asuncion',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

const formatterOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

const FORMATTERS = new Map(ZONES.map((name) => [name, formatterOf(name)]));

/** The clock on the wall by the formatter of the JavaScript engine, which shares no code with ours. */
function wall(instant: string, timeZone: string) {
  const parts = (FORMATTERS.get(timeZone) ?? formatterOf(timeZone)).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday').toLowerCase(),
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}

const zone = fc.constantFrom(...ZONES);
// Hours around the changes of 2026 are as likely as all others of fifty years together.
const anyInstant = fc
  .oneof(
    fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2050, 0) }),
    fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04').chain((day) => {
      const from = Date.parse(`${day}T00:00:00Z`) - 86_400_000;
      return fc.integer({ min: from, max: from + 3 * 86_400_000 });
    }),
  )
  .map((ms) => new Date(ms).toISOString());

test('the local time is what the clock on the wall shows, in every zone and at every instant', () => {
  fc.assert(
    fc.property(anyInstant, zone, (instant, timeZone) => {
      expect(localTime(instant, timeZone)).toEqual(wall(instant, timeZone));
    }),
    { numRuns: 800 },
  );
});

test('a day begins at its first instant, also where midnight is skipped', () => {
  fc.assert(
    fc.property(anyInstant, zone, (instant, timeZone) => {
      const { date } = wall(instant, timeZone);

      const start = startOfDay(date, timeZone);

      const before = new Date(Date.parse(start) - 1).toISOString();
      expect(wall(start, timeZone).date).toBe(date);
      expect(wall(before, timeZone).date).toBe(addDays(date, -1));
    }),
    { numRuns: 300 },
  );
});

const timeOfDay = fc
  .record({ hour: fc.nat(23), minute: fc.constantFrom('00', '15', '30', '59') })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${minute}`);

const hours = fc.array(
  fc
    .tuple(timeOfDay, timeOfDay)
    .filter(([open, close]) => open < close)
    .map((pair): Hours => pair),
  { maxLength: 3 },
);

const calendarAt = (instant: string) =>
  fc
    .record({
      timeZone: zone,
      weekly: fc.dictionary(fc.constantFrom(...WEEKDAYS), hours),
      cutOff: fc.option(timeOfDay, { nil: undefined }),
      excepted: fc.option(hours, { nil: undefined }),
    })
    .map(({ timeZone, weekly, cutOff, excepted }): Calendar => {
      const { date } = wall(instant, timeZone);
      const exceptions = [{ date: '1999-12-31', hours: [] }, ...(excepted ? [{ date, hours: excepted }] : [])];
      return { timeZone, weekly, exceptions, ...(cutOff && { cutOff }) };
    });

const secondsOf = (time: string) =>
  time.split(':').reduce((sum, part, index) => sum + Number(part) * ([3_600, 60, 1][index] ?? 0), 0);

/** The sentence of the specification, on the wall clock of the engine. */
function isOpenByTheBook({ timeZone, weekly, exceptions = [], cutOff }: Calendar, instant: string): boolean {
  const { date, weekday, time } = wall(instant, timeZone);
  const ofDay = exceptions.filter((day) => day.date === date)[0]?.hours ?? weekly[weekday as 'mon'] ?? [];
  const end = cutOff === undefined ? Math.max(...ofDay.map(([, close]) => secondsOf(close))) : secondsOf(cutOff);
  return ofDay.length > 0 && secondsOf(time) < end;
}

test('open for packaging: the local day has hours, and it is before the cut-off, or else before the last closing', () => {
  let open = 0;
  fc.assert(
    fc.property(
      anyInstant.chain((instant) => fc.tuple(fc.constant(instant), calendarAt(instant))),
      ([instant, calendar]) => {
        const expected = isOpenByTheBook(calendar, instant);
        open += Number(expected);

        expect(isOpenForPackaging(calendar, instant)).toBe(expected);
      },
    ),
    { numRuns: 800 },
  );
  // Both answers were common, so that agreeing means something.
  expect(open).toBeGreaterThan(80);
  expect(open).toBeLessThan(720);
});
