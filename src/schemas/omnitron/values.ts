import { z } from 'zod';

import type { Json } from '../../domain/omnitron/source.js';

/** Empty text is how Omnitron says that there is none. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined);

export const json = z.json() as unknown as z.ZodType<Json>;
export const jsonObject = z.record(z.string(), json).nullish();

export const keys = { pk: z.int().optional(), id: z.int().optional() };

/** Omnitron's key of an object is `pk`, in some answers `id`. */
export const withKey = <Row extends { pk?: number | undefined; id?: number | undefined }>({
  pk,
  id,
  ...rest
}: Row) => ({
  ...rest,
  pk: pk ?? id ?? null,
});

/** A row of Omnitron's geography, or its id alone. */
export const place = z.object({ ...keys, name: optionalText }).transform(withKey);
