import { codeParams } from '../../schemas/codeParams.js';
import { newPushSecret } from '../../schemas/pushSecret.js';
import type { ConfigurationRepository } from '../../store/versioned.js';
import { newSigningSecret } from '../auth/newSigningSecret.js';
import type { Role } from '../auth/caller.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { changedMeanwhile } from '../serve/etag.js';

interface Pushing<Value> {
  /** Of the list; the code follows. */
  readonly path: string;
  readonly tag: string;
  readonly noun: string;
  readonly repository: Pick<ConfigurationRepository<Value>, 'find' | 'replace'>;
  readonly writers: readonly Role[];
  readonly now: () => Date;
}

/** A new secret for whoever signs pushes to us. */
export const rotatePushSecret = <Value extends { readonly pushSecret?: string }>(pushing: Pushing<Value>) => {
  const { path, tag, noun, repository, writers, now } = pushing;
  return endpoint({
    method: 'post',
    path: `${path}/{code}/rotate-secret`,
    tag,
    summary: 'A new secret for signed pushes; the one before it is worth nothing from now on',
    roles: writers,
    idempotent: true,
    request: { params: codeParams },
    replies: { 200: newPushSecret },
    errors: ['resource.not_found', 'version.mismatch'],
    handle: async ({ params: { code } }) => {
      const found = await repository.find(code);
      if (!found) throw notFound(noun, code);
      const { version, createdAt: _, updatedAt: __, ...value } = found;
      const secret = newSigningSecret();
      const made = await repository.replace(code, { ...value, pushSecret: secret } as unknown as Value, version, now());
      if (!made) throw changedMeanwhile();
      return { status: 200, body: { secret } };
    },
  });
};
