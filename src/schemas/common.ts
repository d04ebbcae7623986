import { z } from 'zod';

import { IDENTIFIER } from '../domain/numbers.js';

// U+0000 cannot be stored by everyone, and a lone surrogate is no text at all.
const isText = (value: string) => !value.includes('\u0000') && value.isWellFormed();

/** Text of a request, between `min` and `max` UTF-16 units. */
export const text = (max: number, min = 0) =>
  z.string().min(min).max(max).refine(isText, 'must not contain U+0000 or a lone surrogate');

/** Number, SKU, code or line id. Compared exactly. */
export const identifier = z.string().regex(IDENTIFIER, 'must match [A-Za-z0-9][A-Za-z0-9._-]{0,63}');

/** Free text that names something, such as a channel or a shipping option. */
export const label = text(64, 1);

/** Minor units of a currency. */
export const minor = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Whole pieces. */
export const quantity = z.int().min(1).max(1_000_000);

/** ISO 8601 instant in UTC with `Z`. */
export const instant = z.iso.datetime({ offset: false });

export const attributes = z.record(text(64, 1), z.union([text(1024), z.number(), z.boolean(), z.null()]));

/** Local time of day. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/**
 * Name, postal address and the coordinates that distance rules need.
 * Half a coordinate is bad input: it would silently mean "nowhere".
 */
export const address = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code'),
    state: text(128, 1).exactOptional(),
    district: text(128, 1).exactOptional(),
    neighbourhood: text(128, 1).exactOptional(),
    line: text(512).exactOptional(),
    postcode: text(32).exactOptional(),
    latitude: z.number().min(-90).max(90).exactOptional(),
    longitude: z.number().min(-180).max(180).exactOptional(),
  })
  .refine((value) => (value.latitude === undefined) === (value.longitude === undefined), {
    message: 'latitude and longitude are given together or not at all',
    path: ['latitude'],
  });
