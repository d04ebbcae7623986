import type { ApiDependencies } from '../api/dependencies.js';
import { subscriptions } from '../domain/webhooks/subscriptions.js';
import type { Runtime } from './runtime.js';

/** Writes events that belong to no order, and has them sent to whoever wants them. */
export function createAnnounce({
  records,
  configuration,
  orchestrator,
}: Pick<Runtime, 'records' | 'configuration' | 'orchestrator'>): ApiDependencies['announce'] {
  return async ({ type, subject, sequence, data, at = new Date() }) => {
    const events = [{ type, sequence, subject, timestamp: at.toISOString(), data, order: null }];
    const [id] = await records.events.append(events, at.getTime());
    if (id === undefined) return;
    const enabled = await configuration.webhookEndpoints.enabled();
    await orchestrator.deliver(id, subscriptions(enabled, subject, [{ type }], [id]));
  };
}
