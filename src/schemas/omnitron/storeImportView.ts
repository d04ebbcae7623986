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
