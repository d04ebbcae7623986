import { webhookEndpointSubject } from '../../domain/events/event.js';
import type { Notice } from '../../domain/webhooks/notice.js';
import type { RecordStore } from '../../store/store.js';
import type { ApiDependencies } from '../dependencies.js';
import { toEndpointView } from './access.js';

interface Dependencies extends Pick<ApiDependencies, 'configuration' | 'announce'> {
  readonly records: Pick<RecordStore, 'deliveries'>;
}

const AT_ONCE = 1_000;

/**
 * Announces what happened to endpoints: those that we disabled, and deliveries that we gave up. What a process did not
 * live to announce another does, and nothing is announced twice.
 */
export async function announceNotices(dependencies: Dependencies): Promise<void> {
  const { configuration, records } = dependencies;
  for (const { id, endpoint, attempts, updatedAt } of await records.deliveries.untold(AT_ONCE)) {
    const at = attempts.at(-1)?.at ?? updatedAt;
    const notice = { key: `exhausted/${id}/${at}`, type: 'webhook.delivery.exhausted' as const, delivery: id };
    await configuration.webhookEndpoints.note(endpoint, { ...notice, at: new Date(at) });
    await records.deliveries.told(id);
  }
  for (const { id, notices } of await configuration.webhookEndpoints.noted()) {
    for (const notice of notices) await announceNotice(dependencies, id, notice);
  }
}

/** Writes and sends one, in its turn. Repeatable. */
async function announceNotice(
  { configuration: { webhookEndpoints }, records, announce }: Dependencies,
  id: string,
  { key, type, sequence, at, delivery }: Notice,
): Promise<void> {
  const about = delivery === null ? await webhookEndpoints.find(id) : await records.deliveries.find(delivery);
  const data = about && 'owner' in about ? toEndpointView(about) : about;
  await announce({ type, subject: webhookEndpointSubject(id), sequence, data, at });
  await webhookEndpoints.noticeTold(id, key);
}
