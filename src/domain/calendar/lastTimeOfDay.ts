import { Temporal } from 'temporal-polyfill';

import type { Instant } from '../order/order.js';

/** The latest instant, not after `at`, at which the clock in the time zone showed this time (`HH:MM`). */
export function lastTimeOfDay(at: Instant, time: string, timeZone: string): Instant {
  const now = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const today = now.withPlainTime(time);
  const last = Temporal.ZonedDateTime.compare(today, now) <= 0 ? today : now.subtract({ days: 1 }).withPlainTime(time);
  return new Date(last.epochMilliseconds).toISOString();
}
