import { Temporal } from 'temporal-polyfill';

import type { Instant } from '../order/order.js';

/** The instant at which a local day (`YYYY-MM-DD`) begins, also where clocks change at midnight. */
export function startOfDay(date: string, timeZone: string): Instant {
  const start = Temporal.PlainDate.from(date).toZonedDateTime(timeZone);
  return new Date(start.epochMilliseconds).toISOString();
}

/** The day so many days later; earlier for a negative number. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
