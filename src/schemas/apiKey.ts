import { z } from 'zod';

import { ROLES } from '../domain/configuration/role.js';
import { identifier, instant, text } from './common.js';

/** What a new key may do, and for how long. */
export const newApiKey = z
  .strictObject({
    name: text(128, 1),
    role: z.enum(ROLES),
    locations: z
      .array(identifier)
      .min(1)
      .max(1_000)
      .exactOptional()
      .meta({ description: 'Only with role `store`: the locations that the key is limited to. Without it: all.' }),
    expiresAt: instant.exactOptional(),
  })
  .check((context) => {
    // A limit that would not hold must not look as if it did.
    if (context.value.locations === undefined || context.value.role === 'store') return;
    context.issues.push({
      code: 'custom',
      input: context.value.locations,
      path: ['locations'],
      message: 'only a key with the role store is limited to locations',
    });
  })
  .meta({ id: 'NewApiKey' });

export const apiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    locations: z.array(z.string()).nullable(),
    createdAt: z.iso.datetime(),
    createdBy: z.string().meta({ description: 'Id of the key that made it.' }),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: 'ApiKey', description: 'An API key; its secret is shown once, when it is made.' });

export const createdApiKey = apiKeyView
  .extend({ key: z.string().meta({ description: 'The key itself: `oms_<env>_<id>_<secret>`. Shown only now.' }) })
  .meta({ id: 'CreatedApiKey' });

export const apiKeyParams = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9]{1,64}$/, 'must be the id of a key') });
