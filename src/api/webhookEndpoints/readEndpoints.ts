import { pageOf, pageQuery } from '../../schemas/page.js';
import { webhookEndpointParams, webhookEndpointView } from '../../schemas/webhookEndpoint.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { withEtag } from '../serve/etag.js';
import { findOwn, ownerFor, toEndpointView } from './access.js';

type Dependencies = Pick<ApiDependencies, 'configuration'>;

export const listWebhookEndpoints = ({ configuration: { webhookEndpoints } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/webhook-endpoints',
    tag: 'Webhooks',
    summary: 'List where events are announced',
    roles: MAY.readWebhooks,
    list: 'cursor',
    request: { query: pageQuery },
    replies: { 200: pageOf(webhookEndpointView) },
    handle: async ({ query, caller }) => {
      const page = await webhookEndpoints.list(query, ownerFor(caller));
      return { status: 200, body: { items: page.items.map(toEndpointView), next: page.next } };
    },
  });

export const readWebhookEndpoint = ({ configuration: { webhookEndpoints } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/webhook-endpoints/{id}',
    tag: 'Webhooks',
    summary: 'Read a webhook endpoint',
    roles: MAY.readWebhooks,
    request: { params: webhookEndpointParams },
    replies: { 200: webhookEndpointView },
    errors: ['resource.not_found'],
    handle: async ({ params: { id }, caller }) => {
      const found = await findOwn(webhookEndpoints, id, caller);
      return { status: 200, headers: withEtag(found.version), body: toEndpointView(found) };
    },
  });
