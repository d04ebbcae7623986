import type { WebhookEndpoint } from '../../domain/configuration/integrations.js';
import { OmsError } from '../../platform/errors.js';
import type { WebhookDelivery } from '../../store/webhookDeliveries.js';
import type { ApiDependencies } from '../dependencies.js';

/** Few enough for one attempt at each to fit into the time of one activity. */
const AT_ONCE = 50;

/**
 * Sends deliveries of one endpoint again. `occasion` names the request: a repeat of it finds the work
 * begun and does not double it.
 *
 * @throws {OmsError} `webhook.endpoint_disabled`
 */
export async function sendAgain(
  { records, orchestrator, now }: Pick<ApiDependencies, 'records' | 'orchestrator' | 'now'>,
  endpoint: WebhookEndpoint,
  deliveries: readonly WebhookDelivery[],
  occasion: string,
): Promise<void> {
  const { id, ordering, enabled } = endpoint;
  if (!enabled) throw new OmsError('webhook.endpoint_disabled', `Enable ${id} first: nothing is sent to it now`);
  const ids = deliveries.map((delivery) => delivery.id);
  await records.deliveries.reopen(ids, now());
  for (const [index, part] of parts(deliveries, ordering).entries()) {
    const events = part.map(({ event }) => event);
    await orchestrator.deliver(`replay/${occasion}/${index}`, [{ endpoint: id, ordering, events }]);
  }
}

/** Parts go out at the same time, so what has an order among itself stays in one of them. */
function parts(deliveries: readonly WebhookDelivery[], ordering: WebhookEndpoint['ordering']): WebhookDelivery[][] {
  const inseparable = ordering === 'none' ? deliveries.map((delivery) => [delivery]) : bySubject(deliveries);
  const made: WebhookDelivery[][] = [];
  for (const group of inseparable) {
    const last = made.at(-1);
    if (last && last.length + group.length <= AT_ONCE) last.push(...group);
    else made.push([...group]);
  }
  return made;
}

function bySubject(deliveries: readonly WebhookDelivery[]): WebhookDelivery[][] {
  const groups = new Map<string, WebhookDelivery[]>();
  for (const delivery of deliveries) {
    groups.set(delivery.subject, [...(groups.get(delivery.subject) ?? []), delivery]);
  }
  return [...groups.values()];
}
