import { Temporal } from 'temporal-polyfill';

import { WEEKDAYS, type Weekday } from '../configuration/location.js';
import type { Instant } from '../order/order.js';

/** What the clock on the wall shows in one time zone. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly weekday: Weekday;
  /** `HH:MM:SS`, comparable as text with `HH:MM`. */
  readonly time: string;
}

/** The local date and time of an instant, daylight saving included. */
export function localTime(instant: Instant, timeZone: string): LocalTime {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return {
    date: local.toPlainDate().toString(),
    // Temporal counts the days from Monday = 1; the assertion holds because there are seven of both.
    weekday: WEEKDAYS[local.dayOfWeek - 1] as Weekday,
    time: local.toPlainTime().toString({ smallestUnit: 'second' }),
  };
}
