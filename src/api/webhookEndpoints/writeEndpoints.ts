import type { z } from 'zod';

import type { WebhookEndpoint } from '../../domain/configuration/integrations.js';
import { newId } from '../../platform/ids.js';
import {
  createdWebhookEndpoint,
  newWebhookEndpoint,
  webhookEndpointChange,
  webhookEndpointParams,
  webhookEndpointView,
} from '../../schemas/webhookEndpoint.js';
import type { WebhookEndpointRecord } from '../../store/webhookEndpoints.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { requireAllowedUrl } from '../outgoing/requireAllowedUrl.js';
import { changedMeanwhile, requireMatch, withEtag } from '../serve/etag.js';
import { findOwn, toEndpointView } from './access.js';
import { keepHidden, requireSendable } from './headers.js';
import { newSigningSecret } from '../auth/newSigningSecret.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'checkUrl' | 'now'>;

const common = { tag: 'Webhooks', roles: MAY.ownWebhooks };

export const createWebhookEndpoint = ({ configuration: { webhookEndpoints }, checkUrl, now }: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/webhook-endpoints',
    summary: 'Have events announced; the answer is the only place where the secret is shown',
    idempotent: true,
    request: { body: newWebhookEndpoint },
    replies: { 201: createdWebhookEndpoint },
    errors: ['egress.refused', 'request.unprocessable'],
    handle: async ({ body, caller }) => {
      requireAllowedUrl(checkUrl, body.url, '/url');
      requireSendable(body.headers);
      const id = newId('webhookEndpoint');
      const secret = newSigningSecret();
      const made = await webhookEndpoints.insert({ id, ...body }, caller.id, secret, now());
      return {
        status: 201,
        headers: { location: `/v1/webhook-endpoints/${id}`, ...withEtag(made.version) },
        body: { ...toEndpointView(made), secret },
      };
    },
  });

export const changeWebhookEndpoint = ({ configuration: { webhookEndpoints }, checkUrl, now }: Dependencies) =>
  endpoint({
    ...common,
    method: 'patch',
    path: '/webhook-endpoints/{id}',
    summary: 'Change what is given; enabling it again forgets why it was disabled',
    request: { params: webhookEndpointParams, body: webhookEndpointChange },
    replies: { 200: webhookEndpointView },
    errors: ['resource.not_found', 'egress.refused', 'request.unprocessable', 'version.required', 'version.mismatch'],
    handle: async ({ params: { id }, body, caller, headers }) => {
      const found = await findOwn(webhookEndpoints, id, caller);
      requireMatch(headers, found.version);
      requireAllowedUrl(checkUrl, body.url, '/url');
      const changed = changedBy(found, body);
      requireSendable(changed.headers);
      const made = await webhookEndpoints.replace(changed, found.version, now());
      if (!made) throw changedMeanwhile();
      return { status: 200, headers: withEtag(made.version), body: toEndpointView(made) };
    },
  });

function changedBy(found: WebhookEndpointRecord, change: z.output<typeof webhookEndpointChange>): WebhookEndpoint {
  const { id, url, eventTypes, headers, ordering, payload, retry, enabled } = { ...found, ...change };
  return { id, url, eventTypes, headers: keepHidden(headers, found.headers), ordering, payload, retry, enabled };
}

export const deleteWebhookEndpoint = ({ configuration: { webhookEndpoints } }: Dependencies) =>
  endpoint({
    ...common,
    method: 'delete',
    path: '/webhook-endpoints/{id}',
    summary: 'Stop announcing; deliveries under way end',
    request: { params: webhookEndpointParams },
    replies: { 204: null },
    errors: ['resource.not_found'],
    handle: async ({ params: { id }, caller }) => {
      await findOwn(webhookEndpoints, id, caller);
      await webhookEndpoints.remove(id);
      return { status: 204 };
    },
  });
