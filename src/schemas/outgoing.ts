import { z } from 'zod';

import { text } from './common.js';

/** An address that we call. Whether we may is checked when it is written, and again at every call. */
export const outgoingUrl = text(2048, 1).refine((url) => URL.canParse(url), 'must be a URL');

const username = text(256, 1);
// A secret is never shown, so a replacement may leave it out and keeps it.
const secret = text(4096, 1).exactOptional().meta({ writeOnly: true });

/** How we prove ourselves, as it is written. Secrets are write-only. */
export const outgoingAuth = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('anonymous') }),
    z.strictObject({ type: z.literal('basic'), username, password: secret }),
    z.strictObject({ type: z.literal('token'), loginUrl: outgoingUrl, username, password: secret }),
    z.strictObject({ type: z.literal('bearer'), token: secret }),
  ])
  .meta({
    id: 'OutgoingAuth',
    description: 'How we prove ourselves. `password` and `token` are write-only; left out, they stay as they are.',
  });

/** How we prove ourselves, as it is shown. */
export const outgoingAuthView = z
  .object({
    type: z.enum(['anonymous', 'basic', 'token', 'bearer']),
    loginUrl: z.string().optional(),
    username: z.string().optional(),
  })
  .meta({ id: 'OutgoingAuthView' });
