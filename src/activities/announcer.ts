import type { WebhookEndpoint } from '../domain/configuration/integrations.js';
import type { EventDraft, Subject } from '../domain/events/event.js';
import { subscriptions, type Subscription } from '../domain/webhooks/subscriptions.js';
import type { EventRepository } from '../store/events.js';

/** Events of one recorded step, and when it was recorded. */
export interface Recorded {
  readonly events: readonly EventDraft[];
  /** Workflow time in ms; later writes of the same version win. */
  readonly at: number;
}

export interface AnnouncerDependencies {
  readonly events: EventRepository;
  /** Endpoints that are enabled now. */
  readonly endpoints: { enabled(): Promise<readonly WebhookEndpoint[]> };
}

/** What the events are about, and the order whose timeline they belong to. */
interface About {
  readonly subject: Subject;
  readonly order: string;
  /** The full object, in the shape of the API. */
  readonly data: unknown;
}

export type Announce = ReturnType<typeof createAnnouncer>;

/** Writes events into the log and tells who wants them; sending them is the workflow's. */
export function createAnnouncer({ events: log, endpoints }: AnnouncerDependencies) {
  return async ({ events, at }: Recorded, { subject, order, data }: About): Promise<Subscription[]> => {
    if (events.length === 0) return [];
    const timestamp = new Date(at).toISOString();
    const ids = await log.append(
      events.map(({ type, sequence }) => ({ type, sequence, subject, timestamp, data, order })),
      at,
    );
    return subscriptions(await endpoints.enabled(), subject, events, ids);
  };
}
