import type { WebhookEndpointRecord, WebhookEndpointRepository } from '../../store/webhookEndpoints.js';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../notFound.js';
import { hideSecrets } from './headers.js';

/** The key whose endpoints the caller is limited to: `erp` keys have their own; undefined means all. */
export const ownerFor = ({ role, id }: Caller): string | undefined => (role === 'erp' ? id : undefined);

/** @throws {OmsError} `resource.not_found`, also for an endpoint of somebody else. */
export async function findOwn(
  webhookEndpoints: WebhookEndpointRepository,
  id: string,
  caller: Caller,
): Promise<WebhookEndpointRecord> {
  const found = await webhookEndpoints.find(id);
  const owner = ownerFor(caller);
  if (!found || (owner !== undefined && found.owner !== owner)) throw notFound('webhook endpoint', id);
  return found;
}

export const toEndpointView = ({ owner: _, ...shown }: WebhookEndpointRecord) => ({
  ...shown,
  headers: hideSecrets(shown.headers),
});
