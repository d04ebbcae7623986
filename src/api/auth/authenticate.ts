import { OmsError } from '../../platform/errors.js';
import type { ApiKeyRecord, ApiKeyRepository } from '../../store/apiKeys.js';
import { hashSecret, isSecret, NOBODYS_HASH, parseApiKey, type PresentedKey } from './apiKey.js';
import type { Caller } from './caller.js';

export interface Authenticated {
  readonly caller: Caller;
  /** The secret as it was presented. Seals remembered answers; handlers never see it. */
  readonly secret: string;
}

export type Authenticate = (authorization: string | undefined) => Promise<Authenticated>;

export interface AuthenticationDependencies {
  readonly apiKeys: Pick<ApiKeyRepository, 'find'>;
  /** An admin key that is valid without being stored, from the first start. */
  readonly bootstrapKey?: string | undefined;
  readonly now: () => Date;
}

/**
 * Tells who asks, from the `Authorization` header. Every reason to refuse gets the same answer, and every
 * request looks its key up, so that a deleted key ends at once.
 */
export function createAuthenticate({ apiKeys, bootstrapKey, now }: AuthenticationDependencies): Authenticate {
  const bootstrap = bootstrapKey === undefined ? null : parseApiKey(bootstrapKey);
  const bootstrapRecord = bootstrap && recordOf(bootstrap);

  return async (authorization) => {
    const presented = parseApiKey(/^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '');
    if (!presented) throw unauthenticated();
    const known = presented.id === bootstrapRecord?.id ? bootstrapRecord : await apiKeys.find(presented.id);
    const isRight = isSecret(presented.secret, known?.secretHash ?? NOBODYS_HASH);
    if (!known || !isRight || hasExpired(known, now())) throw unauthenticated();
    const caller = { id: known.id, role: known.role, locations: known.locations };
    return { caller, secret: presented.secret };
  };
}

const unauthenticated = () =>
  new OmsError('request.unauthenticated', 'Send `Authorization: Bearer <key>` with a key that is valid now');

const hasExpired = ({ expiresAt }: Pick<ApiKeyRecord, 'expiresAt'>, now: Date) =>
  expiresAt !== null && new Date(expiresAt) <= now;

const recordOf = ({ id, secret }: PresentedKey) => ({
  id,
  role: 'admin' as const,
  locations: null,
  secretHash: hashSecret(secret),
  expiresAt: null,
});
