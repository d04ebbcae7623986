import type { Sending, SendingResult } from '../../clients/webhookSender.js';
import type { ListeningEndpoint, RetryPolicy } from '../../domain/configuration/integrations.js';
import type { EventBody } from '../../domain/events/event.js';
import type { AttemptOutcome, DeliveryAttempt, WebhookDelivery } from '../../domain/webhooks/delivery.js';
import { nextDelaySeconds } from '../../domain/webhooks/retrySchedule.js';
import type { Lookup } from './akinon/akinonPayload.js';
import { payloadOf } from './payload.js';

export interface AttemptDependencies {
  readonly endpoints: {
    /** We stop sending by ourselves. True for the one call that did it. */
    disable(id: string, reason: string, now: Date): Promise<boolean>;
    /** An attempt failed. */
    failed(id: string, at: Date): Promise<void>;
    /** The first attempt that did not fail, after some that did. */
    recovered(id: string): Promise<void>;
  };
  readonly deliveries: { record(id: string, attempt: DeliveryAttempt, outcome: AttemptOutcome): Promise<void> };
  readonly settings: { read(): Promise<{ readonly webhookMaxAttempts: number }> };
  readonly sender: { send(sending: Sending, signal?: AbortSignal): Promise<SendingResult> };
  /** What some payload styles copy into an event. */
  readonly lookup: Lookup;
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
}

interface Work {
  readonly endpoint: ListeningEndpoint;
  readonly secrets: readonly string[];
  readonly delivery: WebhookDelivery;
  readonly body: EventBody;
  /** Breaks the attempt off. */
  readonly stop: AbortSignal;
}

const HIDDEN = '[hidden]';

const DAY_MS = 86_400_000;
/** Nothing but failures for so long: nobody is going to listen. Standard Webhooks advises it. */
const GIVEN_UP_AFTER_DAYS = 5;

/** `gone`: nobody listens there any more. A time: it failed, and the next attempt is due then. */
export type AttemptEnd = Date | 'delivered' | 'exhausted' | 'gone';

/** Sends one event once and writes down how it went. */
export async function attemptDelivery(dependencies: AttemptDependencies, work: Work): Promise<AttemptEnd> {
  const { endpoints, deliveries, sender, lookup, now } = dependencies;
  const { endpoint, secrets, delivery, body, stop } = work;
  const at = now();
  const sending = { url: endpoint.url, headers: endpoint.headers, secrets, id: body.id, at };
  const payload = await payloadOf(body, endpoint.payload, lookup);
  const result = await sender.send({ ...sending, payload }, stop);
  const record = (outcome: AttemptOutcome) => deliveries.record(delivery.id, toAttempt(sending, result), outcome);
  switch (result.outcome) {
    case 'delivered':
      await record({ status: 'delivered', nextAttemptAt: null });
      if (endpoint.failingSince !== null) await endpoints.recovered(endpoint.id);
      return 'delivered';
    case 'gone':
      // First the endpoint: should we die in between, the next run finds it disabled and cancels the rest.
      await endpoints.disable(endpoint.id, 'it answered 410 Gone', now());
      await record({ status: 'cancelled', nextAttemptAt: null });
      return 'gone';
    case 'failed': {
      if (await isGivenUp(dependencies, endpoint)) {
        await record({ status: 'cancelled', nextAttemptAt: null });
        return 'gone';
      }
      const next = await nextAttemptAt(dependencies, work, result.retryAfterSeconds);
      await record(
        next ? { status: 'pending', nextAttemptAt: next.toISOString() } : { status: 'exhausted', nextAttemptAt: null },
      );
      return next ?? 'exhausted';
    }
  }
}

/** Takes down that an attempt failed, and stops sending when there was nothing but failures for days. */
async function isGivenUp(
  { endpoints, now }: Pick<AttemptDependencies, 'endpoints' | 'now'>,
  { id, failingSince }: ListeningEndpoint,
): Promise<boolean> {
  if (failingSince === null) await endpoints.failed(id, now());
  else if (now().getTime() - Date.parse(failingSince) >= GIVEN_UP_AFTER_DAYS * DAY_MS) {
    await endpoints.disable(id, `every attempt since ${failingSince} failed`, now());
    return true;
  }
  return false;
}

async function nextAttemptAt(
  { settings, now, random }: Pick<AttemptDependencies, 'settings' | 'now' | 'random'>,
  { endpoint, delivery: { attemptCount } }: Work,
  retryAfterSeconds: number | null,
): Promise<Date | null> {
  const { webhookMaxAttempts } = await settings.read();
  const retry: RetryPolicy = { maxAttempts: webhookMaxAttempts, ...endpoint.retry };
  const delay = nextDelaySeconds(retry, {
    attempts: attemptCount + 1,
    random: random(),
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
  return delay === null ? null : new Date(now().getTime() + delay * 1_000);
}

/** Custom headers and the query often let someone in, so the log keeps them to itself. */
function toAttempt({ url, headers, id, at }: Omit<Sending, 'payload'>, result: SendingResult): DeliveryAttempt {
  const { status, body, latencyMs, error } = result;
  const { origin, pathname } = new URL(url);
  return {
    at: at.toISOString(),
    request: {
      url: `${origin}${pathname}`,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        ...Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN])),
      },
    },
    status,
    body,
    latencyMs,
    error,
  };
}
