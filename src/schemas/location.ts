import { z } from 'zod';

import {
  LOCATION_ROLES,
  WEEKDAYS,
  type Calendar,
  type Location,
  type Weekday,
} from '../domain/configuration/location.js';
import { address, attributes, identifier, text, timeOfDay } from './common.js';
import { stamp } from './stamp.js';

function isTimeZone(name: string): boolean {
  // An offset such as +03:00 is no IANA zone: it would ignore daylight saving in silence.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

const hours = z
  .tuple([timeOfDay, timeOfDay])
  .readonly()
  .refine(([open, close]) => open < close, 'must open before it closes; hours across midnight are two days');

const day = z.array(hours).max(8);

const exception = z.strictObject({ date: z.iso.date(), hours: day });

const calendar = z
  .strictObject({
    timeZone: text(64, 1).refine(isTimeZone, 'must be an IANA time zone'),
    weekly: z.strictObject(
      Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, day.exactOptional()])) as Record<
        Weekday,
        z.ZodExactOptional<typeof day>
      >,
    ),
    exceptions: z.array(exception).max(1_000).exactOptional(),
    cutOff: timeOfDay.exactOptional(),
  })
  .check(({ value, issues }) => {
    const dates = (value.exceptions ?? []).map(({ date }) => date);
    dates.forEach((date, index) => {
      if (dates.indexOf(date) === index) return;
      issues.push({
        code: 'custom',
        input: date,
        path: ['exceptions', index, 'date'],
        message: `${date} is given twice`,
      });
    });
  })
  .meta({
    id: 'Calendar',
    description: 'Weekly opening hours in local time, dated exceptions and the cut-off.',
  }) satisfies z.ZodType<Calendar>;

const units = z.int().min(0).max(1_000_000_000);

const safetyStock = z.strictObject({
  default: units.default(0),
  skus: z.record(identifier, units).default({}),
});

/** A location as it is written: what is left out has the defaults of the specification. */
export const location = z
  .strictObject({
    code: identifier,
    name: text(256, 1),
    type: z.enum(['store', 'warehouse']),
    roles: z.array(z.enum(LOCATION_ROLES)).max(LOCATION_ROLES.length).default(['packs', 'transferSource']),
    active: z.boolean().default(true),
    priority: z.int().min(0).max(1_000_000).default(100),
    maxQuota: z.int().min(0).max(1_000_000).exactOptional(),
    safetyStock: safetyStock.default({ default: 0, skus: {} }),
    stockEngine: identifier,
    address,
    calendar: calendar.exactOptional(),
    targetPackagingMinutes: z.int().min(0).max(1_000_000).exactOptional(),
    targetExitTime: timeOfDay.exactOptional(),
    tags: z.array(text(64, 1)).max(100).default([]),
    contact: z
      .strictObject({
        name: text(256).exactOptional(),
        email: text(320, 3).exactOptional(),
        phone: text(64, 1).exactOptional(),
      })
      .exactOptional(),
    senderAddresses: z.record(identifier, text(256, 1)).default({}),
    omnitronId: text(64, 1).exactOptional(),
    attributes: attributes.default({}),
  })
  .meta({
    id: 'Location',
    description: 'A store or a warehouse; `code` is its ERP code.',
  }) satisfies z.ZodType<Location>;

export const locationView = z.object({ ...location.shape, ...stamp.shape }).meta({ id: 'LocationView' });
