import { Webhook } from 'standardwebhooks';

import type { Asking } from './api.js';

/** A push as a party outside sends it that has no key. */
export const signedBy = (secret: string, raw: string, at = new Date(), id = 'msg_1'): Asking => ({
  ...{ key: null, raw },
  headers: {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, raw),
  },
});
