import { z } from 'zod';

/** What every configuration object carries beside its own fields. */
export const stamp = z.object({
  version: z.int().meta({ description: 'Counts up with every change; the `ETag`.' }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
