import type { WebhookEndpoint } from '../configuration/integrations.js';
import { webhookEndpointSubject, type EventDraft, type Subject } from '../events/event.js';

/** Which endpoint wants which of the events of one step. */
export interface Subscription {
  readonly endpoint: string;
  readonly ordering: WebhookEndpoint['ordering'];
  /** Ids, in the order of the log. */
  readonly events: readonly string[];
}

/**
 * Who wants these events; `ids` name them, in the same order. Endpoints that want none are left out, and none is told
 * about itself: that it does not take what we send could not be told to it either, and so on without end.
 */
export function subscriptions(
  endpoints: readonly WebhookEndpoint[],
  subject: Subject,
  events: readonly Pick<EventDraft, 'type'>[],
  ids: readonly string[],
): Subscription[] {
  const others = endpoints.filter(({ id }) => webhookEndpointSubject(id) !== subject);
  return others.flatMap(({ id, ordering, eventTypes }) => {
    const wanted = ids.filter((_, index) => {
      const type = events[index]?.type;
      return type !== undefined && (eventTypes.includes('*') || eventTypes.includes(type));
    });
    return wanted.length > 0 ? [{ endpoint: id, ordering, events: wanted }] : [];
  });
}
