import { Temporal } from 'temporal-polyfill';

import type { Calendar, Hours, Location } from '../configuration/location.js';
import { WEEKDAYS } from '../configuration/location.js';
import type { Instant } from '../order/order.js';
import { isOpenForPackaging } from './isOpenForPackaging.js';

/** Days that are looked through for working hours; a location that is closed for longer has no due time. */
const FURTHEST_DAYS = 60;
const MINUTE_MS = 60_000;

type Targets = Pick<Location, 'calendar' | 'targetPackagingMinutes' | 'targetExitTime'>;

/**
 * When a package that is begun at `at` should be packed: after `targetPackagingMinutes` of opening hours, or when
 * packages leave (`targetExitTime`), whichever is earlier. A package that comes after the cut-off is begun on the
 * next day with hours.
 *
 * @param timeZone Of a location without a calendar, which never closes.
 * @returns null when the location has no target, or is not open within 60 days.
 */
export function dueAt(
  { calendar, targetPackagingMinutes, targetExitTime }: Targets,
  at: Instant,
  timeZone: string,
): Instant | null {
  const days = workingDays(calendar, at, timeZone);
  const dues = [
    ...(targetPackagingMinutes === undefined ? [] : [afterOpenMinutes(days, targetPackagingMinutes)]),
    ...(targetExitTime === undefined ? [] : [nextExit(days, targetExitTime)]),
  ].filter((due) => due !== null);
  const [earliest] = dues.sort((a, b) => Temporal.ZonedDateTime.compare(a, b));
  return earliest ? new Date(earliest.epochMilliseconds).toISOString() : null;
}

/** A local day with the spans in which can be worked from now on. */
interface WorkingDay {
  readonly date: Temporal.PlainDate;
  readonly timeZone: string;
  readonly from: Temporal.ZonedDateTime;
  readonly spans: readonly (readonly [from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime])[];
}

function workingDays(calendar: Calendar | undefined, at: Instant, fallback: string): WorkingDay[] {
  const timeZone = calendar?.timeZone ?? fallback;
  const now = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  // From the next midnight on for what comes too late today.
  const isToday = calendar === undefined || isOpenForPackaging(calendar, at);
  const from = isToday ? now : now.add({ days: 1 }).startOfDay();
  return Array.from({ length: FURTHEST_DAYS }, (_, later): WorkingDay => {
    const date = from.toPlainDate().add({ days: later });
    const spans = hoursOf(calendar, date)
      .map(([open, close]) => [momentOf(date, open, timeZone), momentOf(date, close, timeZone)] as const)
      .map(([open, close]) => [Temporal.ZonedDateTime.compare(open, from) < 0 ? from : open, close] as const)
      .filter(([open, close]) => Temporal.ZonedDateTime.compare(open, close) < 0);
    return { date, timeZone, from, spans };
  }).filter(({ spans }) => spans.length > 0);
}

function hoursOf(calendar: Calendar | undefined, date: Temporal.PlainDate): readonly Hours[] {
  if (!calendar) return [['00:00', '24:00']];
  const exception = calendar.exceptions?.find((day) => day.date === date.toString());
  const weekday = WEEKDAYS[date.dayOfWeek - 1];
  const hours = exception?.hours ?? (weekday && calendar.weekly[weekday]) ?? [];
  return [...hours].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `24:00` is the midnight that ends the day. */
function momentOf(date: Temporal.PlainDate, time: string, timeZone: string): Temporal.ZonedDateTime {
  if (time === '24:00') return date.add({ days: 1 }).toZonedDateTime(timeZone);
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
}

function afterOpenMinutes(days: readonly WorkingDay[], minutes: number): Temporal.ZonedDateTime | null {
  let leftMs = Math.round(minutes * MINUTE_MS);
  for (const [from, to] of days.flatMap(({ spans }) => spans)) {
    const openMs = to.epochMilliseconds - from.epochMilliseconds;
    if (leftMs <= openMs) return from.add({ milliseconds: leftMs });
    leftMs -= openMs;
  }
  return null;
}

function nextExit(days: readonly WorkingDay[], exitTime: string): Temporal.ZonedDateTime | null {
  const exits = days.map(({ date, timeZone, from }) => ({ exit: momentOf(date, exitTime, timeZone), from }));
  return exits.find(({ exit, from }) => Temporal.ZonedDateTime.compare(exit, from) > 0)?.exit ?? null;
}
