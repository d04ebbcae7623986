import type { z } from 'zod';

import type { EngineAuth } from '../../domain/configuration/integrations.js';
import { OmsError } from '../../platform/errors.js';
import type { outgoingAuth } from '../../schemas/outgoing.js';
import type { ApiDependencies } from '../dependencies.js';
import { requireAllowedUrl } from './requireAllowedUrl.js';

/** Something that we call, with how we prove ourselves to it. */
export interface Outgoing {
  readonly url?: string;
  readonly auth: EngineAuth;
}

export type WrittenAuth = z.output<typeof outgoingAuth>;

/**
 * Checks the addresses, and completes a secret that was left out with the stored one. It is kept only for
 * the same address and user: whoever may change the address must not send a secret there that they cannot read.
 *
 * @param at JSON pointer of what is written, when it is a part of the body.
 * @throws {OmsError} `egress.refused`, or `request.unprocessable` when a secret is missing.
 */
export function completeAuth(
  written: { readonly url?: string; readonly auth: WrittenAuth },
  previous: Outgoing | null,
  checkUrl: ApiDependencies['checkUrl'],
  at = '',
): EngineAuth {
  const { auth, url } = written;
  requireAllowedUrl(checkUrl, url, `${at}/url`);
  if (auth.type === 'anonymous') return auth;
  if (auth.type === 'token') requireAllowedUrl(checkUrl, auth.loginUrl, `${at}/auth/loginUrl`);
  const name = auth.type === 'bearer' ? 'token' : 'password';
  if (secretOf(auth) !== undefined) return auth as EngineAuth;
  const isSame = previous !== null && previous.url === url && sameUser(auth, previous.auth);
  if (!isSame) throw missingSecret(`${at}/auth/${name}`);
  return { ...auth, [name]: secretOf(previous.auth) } as EngineAuth;
}

/** Everything but the secret. */
export function showAuth(auth: EngineAuth): object {
  const { type } = auth;
  if (type === 'basic') return { type, username: auth.username };
  if (type === 'token') return { type, loginUrl: auth.loginUrl, username: auth.username };
  return { type };
}

function secretOf(auth: WrittenAuth): string | undefined {
  if (auth.type === 'anonymous') return undefined;
  return auth.type === 'bearer' ? auth.token : auth.password;
}

function sameUser(one: WrittenAuth, other: EngineAuth): boolean {
  return JSON.stringify(showAuth(one as EngineAuth)) === JSON.stringify(showAuth(other));
}

const missingSecret = (pointer: string) =>
  new OmsError('request.unprocessable', 'A secret is missing', {
    errors: [{ pointer, detail: 'is required, because there is none for this address and user yet' }],
  });
