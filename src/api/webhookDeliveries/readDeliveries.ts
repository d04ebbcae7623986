import type { z } from 'zod';

import { pageOf } from '../../schemas/page.js';
import { deliveryParams, deliveryQuery, deliveryView } from '../../schemas/webhookDelivery.js';
import { encodeCursor, type Page } from '../../store/page.js';
import type { WebhookDelivery } from '../../store/webhookDeliveries.js';
import type { Caller } from '../auth/caller.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findOwn, ownerFor } from '../webhookEndpoints/access.js';
import { findDelivery } from './findDelivery.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration'>;
type Query = z.output<typeof deliveryQuery>;

export const listDeliveries = (dependencies: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/webhook-deliveries',
    tag: 'Webhooks',
    summary: 'List what was sent and what came back, newest first',
    roles: MAY.readWebhooks,
    list: 'cursor',
    request: { query: deliveryQuery },
    replies: { 200: pageOf(deliveryView) },
    handle: async ({ query, caller }) => ({
      status: 200,
      body:
        ownerFor(caller) === undefined
          ? await dependencies.records.deliveries.list(query)
          : await listOwn(dependencies, query, caller),
    }),
  });

export const readDelivery = (dependencies: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/webhook-deliveries/{id}',
    tag: 'Webhooks',
    summary: 'Read a delivery with its attempts',
    roles: MAY.readWebhooks,
    request: { params: deliveryParams },
    replies: { 200: deliveryView },
    errors: ['resource.not_found'],
    handle: async ({ params: { id }, caller }) => ({ status: 200, body: await findDelivery(dependencies, id, caller) }),
  });

/** Of the caller's own endpoints, which are few: the newest of each, merged. */
async function listOwn(
  { records: { deliveries }, configuration: { webhookEndpoints } }: Dependencies,
  query: Query,
  caller: Caller,
): Promise<Page<WebhookDelivery>> {
  const endpoints = await ownEndpoints(webhookEndpoints, query.endpoint, caller);
  const pages = await Promise.all(endpoints.map((one) => deliveries.list({ ...query, endpoint: one })));
  const merged = pages.flatMap(({ items }) => items).sort(newestFirst);
  const items = merged.slice(0, query.limit);
  const last = items.at(-1);
  const hasMore = merged.length > query.limit || pages.some(({ next }) => next !== null);
  return { items, next: hasMore && last ? encodeCursor([last.createdAt, last.id]) : null };
}

async function ownEndpoints(
  webhookEndpoints: Dependencies['configuration']['webhookEndpoints'],
  asked: string | undefined,
  caller: Caller,
): Promise<string[]> {
  if (asked !== undefined) return [(await findOwn(webhookEndpoints, asked, caller)).id];
  const { items } = await webhookEndpoints.list({ limit: 200 }, ownerFor(caller));
  return items.map(({ id }) => id);
}

function newestFirst(one: WebhookDelivery, other: WebhookDelivery): number {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}
