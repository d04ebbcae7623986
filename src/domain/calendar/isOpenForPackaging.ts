import type { Calendar } from '../configuration/location.js';
import type { Instant } from '../order/order.js';
import { localTime, type LocalTime } from './localTime.js';

/**
 * Whether a package that is begun at this instant can still be packed on the same local day: the day has
 * hours, and it is before the cut-off, or before the last closing where there is no cut-off.
 */
export function isOpenForPackaging(calendar: Calendar, instant: Instant): boolean {
  return isOpenAt(calendar, localTime(instant, calendar.timeZone));
}

/** The same for a local time that is known already, since many locations share a time zone. */
export function isOpenAt({ weekly, exceptions, cutOff }: Calendar, { date, weekday, time }: LocalTime): boolean {
  const exception = exceptions?.find((day) => day.date === date);
  const hours = exception?.hours ?? weekly[weekday] ?? [];
  const closings = hours.map(([, close]) => close).sort();
  const lastClosing = closings.at(-1);
  if (lastClosing === undefined) return false;
  return time < (cutOff ?? lastClosing);
}
