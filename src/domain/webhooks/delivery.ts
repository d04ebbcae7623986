import type { Instant } from '../order/order.js';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'exhausted', 'cancelled'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One try, as people want to see it when something is wrong. */
export interface DeliveryAttempt {
  readonly at: Instant;
  /** Without the signature, the query and the values of custom headers: any of them may let someone in. */
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** First KiB of the answer. */
  readonly body: string;
  readonly latencyMs: number;
  readonly error: string | null;
}

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  readonly id: string;
  readonly endpoint: string;
  readonly event: string;
  readonly type: string;
  readonly subject: string;
  readonly status: DeliveryStatus;
  /** The latest ones, oldest first. */
  readonly attempts: readonly DeliveryAttempt[];
  /** Since it was last opened: the retry schedule goes by this. */
  readonly attemptCount: number;
  readonly nextAttemptAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What an attempt means for the delivery. */
export type AttemptOutcome = Pick<WebhookDelivery, 'status' | 'nextAttemptAt'>;
