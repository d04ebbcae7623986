import { Context } from '@temporalio/activity';

import type { Sending, SendingResult } from '../../clients/webhookSender.js';
import type { RetryPolicy, WebhookEndpoint } from '../../domain/configuration/integrations.js';
import type { EventBody } from '../../domain/events/event.js';
import type { AttemptOutcome, DeliveryAttempt, WebhookDelivery } from '../../domain/webhooks/delivery.js';
import { nextDelaySeconds } from '../../domain/webhooks/retrySchedule.js';
import { payloadOf } from './payload.js';

export interface AttemptDependencies {
  readonly endpoints: {
    /** We stop sending by ourselves. True for the one call that did it. */
    disable(id: string, reason: string, now: Date): Promise<boolean>;
  };
  readonly deliveries: { record(id: string, attempt: DeliveryAttempt, outcome: AttemptOutcome): Promise<void> };
  readonly settings: { read(): Promise<{ readonly webhookMaxAttempts: number }> };
  readonly sender: { send(sending: Sending, signal?: AbortSignal): Promise<SendingResult> };
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
}

interface Work {
  readonly endpoint: WebhookEndpoint;
  readonly secrets: readonly string[];
  readonly delivery: WebhookDelivery;
  readonly body: EventBody;
}

const HIDDEN = '[hidden]';

/** Sends one event once and writes down how it went. Answers when the next attempt is due, if any. */
export async function attemptDelivery(
  { endpoints, deliveries, settings, sender, now, random }: AttemptDependencies,
  { endpoint, secrets, delivery, body }: Work,
): Promise<Date | 'settled' | 'gone'> {
  const at = now();
  const sending = { url: endpoint.url, headers: endpoint.headers, secrets, id: body.id, at };
  const result = await sender.send(
    { ...sending, payload: payloadOf(body, endpoint.payload) },
    Context.current().cancellationSignal,
  );
  const record = (outcome: AttemptOutcome) => deliveries.record(delivery.id, toAttempt(sending, result), outcome);
  switch (result.outcome) {
    case 'delivered':
      await record({ status: 'delivered', nextAttemptAt: null });
      return 'settled';
    case 'gone':
      // First the endpoint: should we die in between, the next run finds it disabled and cancels the rest.
      await endpoints.disable(endpoint.id, 'it answered 410 Gone', now());
      await record({ status: 'cancelled', nextAttemptAt: null });
      return 'gone';
    case 'failed': {
      const { webhookMaxAttempts } = await settings.read();
      const retry = { maxAttempts: webhookMaxAttempts, ...endpoint.retry };
      const next = nextAttemptAt(retry, delivery, result.retryAfterSeconds, now(), random());
      await record(
        next ? { status: 'pending', nextAttemptAt: next.toISOString() } : { status: 'exhausted', nextAttemptAt: null },
      );
      return next ?? 'settled';
    }
  }
}

function nextAttemptAt(
  retry: RetryPolicy,
  { attemptCount }: WebhookDelivery,
  retryAfterSeconds: number | null,
  now: Date,
  random: number,
): Date | null {
  const delay = nextDelaySeconds(retry, {
    attempts: attemptCount + 1,
    random,
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
  return delay === null ? null : new Date(now.getTime() + delay * 1_000);
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
