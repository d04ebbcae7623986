import { z } from 'zod';

import { locationView } from '../location.js';

/** What became of a store of Omnitron. */
export const storeImportView = z
  .object({
    outcome: z.enum(['created', 'updated', 'unchanged', 'outdated']).meta({
      description: '`outdated`: a newer state of the store is known already.',
    }),
    location: locationView,
    kept: z
      .array(z.object({ field: z.string(), ours: z.unknown(), omnitron: z.unknown() }))
      .meta({ description: 'Fields that were changed here and stay, with what Omnitron says.' }),
  })
  .meta({ id: 'StoreImport' });

/** One page of an import. */
export const storePageView = z
  .object({
    stores: z.array(
      z.object({
        pk: z.int(),
        code: z.string().nullable(),
        outcome: z.enum(['created', 'updated', 'unchanged', 'outdated', 'refused']),
        kept: z.array(z.string()).meta({ description: 'Fields that were changed here and stay.' }),
        detail: z.string().nullable().meta({ description: 'Why it was refused.' }),
      }),
    ),
    count: z.int().nullable().meta({ description: 'Stores of the channel, where Omnitron tells.' }),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last one.' }),
  })
  .meta({ id: 'StoreImportPage' });

export type StorePage = z.output<typeof storePageView>;
