import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { ListeningEndpoint } from '../domain/configuration/integrations.js';
import type { EventBody } from '../domain/events/event.js';
import type { WebhookDelivery } from '../domain/webhooks/delivery.js';
import { OmsError } from '../platform/errors.js';
import type { WebhookDeliveryRepository } from '../store/webhookDeliveries.js';
import { attemptDelivery, type AttemptDependencies } from './webhooks/attemptDelivery.js';
import { EndpointGates } from './webhooks/endpointGates.js';
import { stopSignal } from './webhooks/stopSignal.js';

export interface WebhookDependencies extends AttemptDependencies {
  readonly endpoints: AttemptDependencies['endpoints'] & {
    find(id: string): Promise<ListeningEndpoint | null>;
    /** The secrets that sign at this time. */
    secrets(id: string, now: Date): Promise<readonly string[]>;
  };
  readonly events: { bodies(ids: readonly string[]): Promise<readonly EventBody[]> };
  readonly deliveries: WebhookDeliveryRepository;
}

/** The events of one recorded step, for one endpoint. */
export interface DeliveryRequest {
  readonly endpoint: string;
  readonly events: readonly string[];
}

export type WebhookActivities = ReturnType<typeof createWebhookActivities>;

/**
 * How long one run goes on. Attempts at a receiver that lets us wait take 15 s each, and the activity must
 * end before Temporal takes it for lost and starts it a second time.
 */
const RUN_MS = 60_000;
const SHORTEST_DELAY_MS = 100;
/**
 * Who will have to wait anyway lets those go first that need not: it comes some time within this. A few do so at a time,
 * since each holds room of the worker meanwhile.
 */
const COURTESY_MS = 1_000;
const COURTEOUS_AT_ONCE = 10;

/** Delivers webhooks. Temporal is the retry engine: a run that leaves something open fails and names the next. */
export function createWebhookActivities(dependencies: WebhookDependencies) {
  const { deliveries, now, random } = dependencies;
  let courteous = 0;
  const letOthersGoFirst = async () => {
    if (courteous >= COURTEOUS_AT_ONCE) return;
    courteous++;
    try {
      await Context.current().sleep(random() * COURTESY_MS);
    } finally {
      courteous--;
    }
  };
  const gates = new EndpointGates(() => now().getTime());
  const read = async ({ endpoint: id, events: ids }: DeliveryRequest) => {
    const [bodies, endpoint, secrets] = await Promise.all([
      bodiesOf(dependencies, ids),
      dependencies.endpoints.find(id),
      dependencies.endpoints.secrets(id, now()),
    ]);
    const opened = await deliveries.open(id, bodies, now());
    gates.note(id, { isFailing: endpoint?.failingSince != null });
    return { bodies, endpoint, secrets, pending: opened.filter(({ status }) => status === 'pending') };
  };
  const deliver = async ({ bodies, endpoint, secrets, pending }: Awaited<ReturnType<typeof read>>): Promise<Run> => {
    const run = endpoint?.enabled ? await deliverDue(dependencies, { endpoint, secrets }, pending, bodies) : NOBODY;
    if (run.isGone) await cancel(deliveries, pending, now());
    return run;
  };
  return {
    /**
     * One attempt for every event that is due, in the order given. What was delivered before is not sent
     * again, so a repeat after a crash doubles at most the event that was under way. A run that is called off begins
     * no further attempt.
     *
     * @throws {ApplicationFailure} `webhook.undelivered` with the time until the next attempt is due, or until there
     * may be room for another delivery to this endpoint.
     */
    async deliverEvents(request: DeliveryRequest): Promise<void> {
      // Thousands may wait for a receiver that is dead. The first time each goes into the delivery log; from then on it
      // asks for room and nothing else, and reads what it delivers once it is in.
      const isFirst = Context.current().info.attempt === 1;
      if (isFirst && !gates.hasRoom(request.endpoint)) await letOthersGoFirst();
      const known = isFirst ? await read(request) : null;
      const leave = gates.enter(request.endpoint);
      if (typeof leave === 'number') throw undelivered('others are being delivered to it', Math.round(leave));
      let run: Run | null = null;
      try {
        run = await deliver(known ?? (await read(request)));
      } finally {
        leave(run?.failed ?? null);
      }
      if (run.open.length > 0) throw comeBack(run.open, now());
    },
  };
}

async function bodiesOf({ events }: WebhookDependencies, ids: readonly string[]): Promise<readonly EventBody[]> {
  const found = new Map((await events.bodies(ids)).map((body) => [body.id, body]));
  return ids.map((id) => {
    const body = found.get(id);
    // An event is announced after it is recorded, so it will be there; finishing without it would lose it.
    if (!body) throw new OmsError('service.unavailable', `Event ${id} is not in the log yet`);
    return body;
  });
}

/** What came of one run. */
interface Run {
  /** When each of those that are still open is due. */
  readonly open: readonly Date[];
  /** Nobody listens any more. */
  readonly isGone: boolean;
  /** Whether the last attempt failed; null when there was none. */
  readonly failed: boolean | null;
}

const NOBODY: Run = { open: [], isGone: true, failed: null };

async function deliverDue(
  dependencies: WebhookDependencies,
  { endpoint, secrets }: { readonly endpoint: ListeningEndpoint; readonly secrets: readonly string[] },
  pending: readonly WebhookDelivery[],
  bodies: readonly EventBody[],
): Promise<Run> {
  const begun = dependencies.now().getTime();
  const open: Date[] = [];
  const heldBack = new Set<string>();
  const stop = stopSignal();
  let failed: Run['failed'] = null;
  for (const delivery of pending) {
    const body = bodies.find(({ id }) => id === delivery.event);
    if (!body || heldBack.has(body.subject)) continue;
    const later = notYet(delivery, dependencies.now(), begun);
    const end = later ?? (await attemptDelivery(dependencies, { endpoint, secrets, delivery, body, stop }));
    if (end === 'gone') return { ...NOBODY, failed: true };
    if (!later) failed = end !== 'delivered';
    if (!(end instanceof Date)) continue;
    open.push(end);
    // Whoever wants order gets nothing about a subject that is later than what it has not got.
    if (endpoint.ordering === 'per_subject') heldBack.add(body.subject);
  }
  return { open, isGone: false, failed };
}

/** When to come back for it, should this run not be the one. */
function notYet({ nextAttemptAt }: WebhookDelivery, now: Date, begun: number): Date | null {
  const due = nextAttemptAt === null ? now : new Date(nextAttemptAt);
  const isOver = now.getTime() - begun > RUN_MS || Context.current().cancellationSignal.aborted;
  return due > now || isOver ? due : null;
}

/** Nobody listens any more. The log keeps what was not delivered, and a replay sends it. */
function cancel(deliveries: WebhookDeliveryRepository, pending: readonly WebhookDelivery[], at: Date): Promise<void> {
  return deliveries.cancel(
    pending.map(({ id }) => id),
    at,
  );
}

function comeBack(open: readonly Date[], now: Date): ApplicationFailure {
  const soonest = Math.min(...open.map((at) => at.getTime()));
  const message = `${open.length} not delivered; next attempt at ${new Date(soonest).toISOString()}`;
  return undelivered(message, Math.max(SHORTEST_DELAY_MS, soonest - now.getTime()));
}

/** Not a fault of ours, so it is no error in our logs; Temporal shows it as a pending activity with its reason. */
const undelivered = (message: string, nextRetryDelay: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'webhook.undelivered',
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay,
  });
