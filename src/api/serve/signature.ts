import type { Request, Response } from 'express';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

import { OmsError } from '../../platform/errors.js';
import type { Authenticated } from '../auth/authenticate.js';
import type { Call, Endpoint } from '../endpoint.js';
import { readBytes } from './readJson.js';

/** The caller shows a signature and no key. */
export const isSigned = (req: Request): boolean =>
  req.get('webhook-signature') !== undefined && req.get('authorization') === undefined;

/**
 * Who signed a call, as Standard Webhooks has it: over id, time and the body as it came, not more than five minutes
 * ago. Whatever is wrong gets the same answer.
 *
 * @throws {OmsError} `request.unauthenticated`
 */
export async function authenticateSigned(
  { signer, bodyLimit }: Pick<Endpoint, 'signer' | 'bodyLimit'>,
  call: Pick<Call<Endpoint['request']>, 'params' | 'query'>,
  req: Request,
  res: Response,
): Promise<Authenticated> {
  const known = await signer?.(call);
  if (!known) throw unauthenticated();
  const bytes = await readBytes(req, res, bodyLimit);
  const secret = known.secrets.find((one) => hasSigned(one, bytes, req));
  if (secret === undefined) throw unauthenticated();
  return { caller: known.caller, secret };
}

function hasSigned(secret: string, bytes: Buffer, req: Request): boolean {
  const header = (name: string) => req.get(name) ?? '';
  const headers = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, header(name)]),
  );
  try {
    new Webhook(secret).verify(bytes, headers);
    return true;
  } catch (error) {
    // What is signed and no JSON is refused later, like any body that cannot be read.
    return !(error instanceof WebhookVerificationError);
  }
}

const unauthenticated = () =>
  new OmsError(
    'request.unauthenticated',
    'Sign the call as Standard Webhooks says, with the secret that is valid now and not more than five minutes ago',
  );
