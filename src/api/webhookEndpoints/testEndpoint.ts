import { webhookEndpointSubject } from '../../domain/events/event.js';
import { OmsError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { sentTest } from '../../schemas/webhookDelivery.js';
import { webhookEndpointParams } from '../../schemas/webhookEndpoint.js';
import { deliveryId } from '../../store/webhookDeliveries.js';
import type { WebhookEndpointRecord } from '../../store/webhookEndpoints.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { findOwn, toEndpointView } from './access.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'orchestrator' | 'now'>;

export const testEndpoint = ({ configuration, records, orchestrator, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/webhook-endpoints/{id}/test',
    tag: 'Webhooks',
    summary: 'Send a test event to this endpoint, whatever events it asked for',
    roles: MAY.ownWebhooks,
    idempotent: true,
    request: { params: webhookEndpointParams },
    replies: { 202: sentTest },
    errors: ['resource.not_found', 'webhook.endpoint_disabled'],
    handle: async ({ params: { id }, caller }) => {
      const found = await findOwn(configuration.webhookEndpoints, id, caller);
      if (!found.enabled) throw new OmsError('webhook.endpoint_disabled', 'Enable it first: nothing is sent to it now');
      const event = await record({ configuration, records }, found, now());
      // Under a name of its own: what happened to endpoints is announced to others, and this is for itself.
      await orchestrator.deliver(`test/${event}`, [{ endpoint: id, ordering: found.ordering, events: [event] }]);
      return { status: 202, body: { event, delivery: deliveryId(id, event) } };
    },
  });

/** Writes the event, in the place of the endpoint's sequence that it takes. Answers its id. */
async function record(
  { configuration: { webhookEndpoints }, records }: Pick<Dependencies, 'configuration' | 'records'>,
  found: WebhookEndpointRecord,
  at: Date,
): Promise<string> {
  const { id } = found;
  const key = newId('webhookTest');
  await webhookEndpoints.note(id, { key, type: 'webhook.endpoint.test', at, delivery: null });
  const [noted] = await webhookEndpoints.noted(id);
  const notice = noted?.notices.find((one) => one.key === key);
  if (!notice) throw notFound('webhook endpoint', id);
  const { type, sequence } = notice;
  const subject = webhookEndpointSubject(id);
  const event = { type, sequence, subject, timestamp: at.toISOString(), data: toEndpointView(found), order: null };
  const [written = ''] = await records.events.append([event], at.getTime());
  await webhookEndpoints.noticeTold(id, key);
  return written;
}
