import type { WebhookDelivery } from '../../store/webhookDeliveries.js';
import type { Caller } from '../auth/caller.js';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../notFound.js';
import { ownerFor } from '../webhookEndpoints/access.js';

/** @throws {OmsError} `resource.not_found`, also for a delivery to an endpoint of somebody else. */
export async function findDelivery(
  { records, configuration }: Pick<ApiDependencies, 'records' | 'configuration'>,
  id: string,
  caller: Caller,
): Promise<WebhookDelivery> {
  const found = await records.deliveries.find(id);
  const owner = ownerFor(caller);
  const isForeign =
    found && owner !== undefined && (await configuration.webhookEndpoints.find(found.endpoint))?.owner !== owner;
  if (!found || isForeign) throw notFound('webhook delivery', id);
  return found;
}
