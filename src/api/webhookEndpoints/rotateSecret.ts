import { rotatedSecret, secretRotation, webhookEndpointParams } from '../../schemas/webhookEndpoint.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { changedMeanwhile } from '../serve/etag.js';
import { findOwn } from './access.js';
import { newSigningSecret } from '../auth/newSigningSecret.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'now'>;

export const rotateSecret = ({ configuration: { webhookEndpoints }, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/webhook-endpoints/{id}/rotate-secret',
    tag: 'Webhooks',
    summary: 'Sign with a new secret; the old one signs as well for a while',
    roles: MAY.ownWebhooks,
    idempotent: true,
    request: { params: webhookEndpointParams, body: secretRotation },
    replies: { 200: rotatedSecret },
    errors: ['resource.not_found', 'version.mismatch'],
    handle: async ({ params: { id }, body: { overlapSeconds }, caller }) => {
      const { version } = await findOwn(webhookEndpoints, id, caller);
      const secret = newSigningSecret();
      const overlapUntil = new Date(now().getTime() + overlapSeconds * 1_000);
      if (!(await webhookEndpoints.rotateSecret(id, version, secret, overlapUntil, now()))) throw changedMeanwhile();
      return { status: 200, body: { secret } };
    },
  });
