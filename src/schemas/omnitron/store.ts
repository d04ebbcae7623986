import { z } from 'zod';

import type { OmnitronStore } from '../../domain/omnitron/storeSource.js';
import { identifier, text } from '../common.js';
import { jsonObject, optionalText, place } from './values.js';

const flag = z.boolean().nullish();

/** `09:00` or `09:00:00`; a day that is closed is null, empty, or of two empty times. */
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$|^$/, 'must be HH:MM')
  .nullable();

const day = z.union([z.array(time), z.null()]).transform((times, { issues }): readonly [string, string] | null => {
  const [open, close, ...more] = times ?? [];
  if (!open && !close) return null;
  if (open && close && more.length === 0 && open < close) return [open.slice(0, 5), close.slice(0, 5)];
  issues.push({ code: 'custom', input: times, message: 'must be opening and closing, in this order' });
  return z.NEVER;
});

const coordinate = (limit: number) =>
  z
    .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number')])
    .transform(Number)
    .pipe(z.number().min(-limit).max(limit))
    .nullish();

/** A retail store of Omnitron. What we do not need may be anything. */
export const omnitronStore = z.object({
  pk: z.int(),
  erp_code: identifier,
  name: z.string().trim().pipe(text(256, 1)),
  is_active: z.boolean(),
  sort_order: z.int().max(1_000_000).nullish(),
  store_type_id: z.int().nullish(),
  click_and_collect: flag,
  fast_delivery: flag,
  is_return_accepted: flag,
  store_hours: z.array(day).length(7, 'must be seven days').nullish(),
  latitude: coordinate(90),
  longitude: coordinate(180),
  address: optionalText.pipe(text(512).optional()),
  phone_number: optionalText.pipe(text(64).optional()),
  config: jsonObject,
  modified_date: z.iso.datetime({ offset: true }).nullish(),
  city: place.nullish(),
  township: place.nullish(),
  district: place.nullish(),
  township_id: z.int().nullish(),
  district_id: z.int().nullish(),
  channels: z.array(z.union([z.int(), z.object({ pk: z.int() }).transform(({ pk }) => pk)])).nullish(),
}) satisfies z.ZodType<OmnitronStore>;
