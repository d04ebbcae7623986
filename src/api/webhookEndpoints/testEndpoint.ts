import { webhookEndpointSubject } from '../../domain/events/event.js';
import { OmsError } from '../../platform/errors.js';
import { sentTest } from '../../schemas/webhookDelivery.js';
import { webhookEndpointParams } from '../../schemas/webhookEndpoint.js';
import { deliveryId } from '../../store/webhookDeliveries.js';
import type { RecordStore } from '../../store/store.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
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
      const subject = webhookEndpointSubject(id);
      const sequence = (await lastSequence(records, subject)) + 1;
      const at = now();
      const data = toEndpointView(found);
      const test = { type: 'webhook.endpoint.test' as const, sequence, subject, data, order: null };
      const [event = ''] = await records.events.append([{ ...test, timestamp: at.toISOString() }], at.getTime());
      await orchestrator.deliver(event, [{ endpoint: id, ordering: found.ordering, events: [event] }]);
      return { status: 202, body: { event, delivery: deliveryId(id, event) } };
    },
  });

/** Endpoints have few events of their own, so reading them all is cheap. */
async function lastSequence({ events }: Pick<RecordStore, 'events'>, subject: string): Promise<number> {
  let last = 0;
  let after: string | undefined;
  for (;;) {
    const { items, next } = await events.read({ subject, limit: 200, ...(after !== undefined && { after }) });
    const latest = items.at(-1);
    if (!latest) return last;
    last = latest.sequence;
    after = next;
  }
}
