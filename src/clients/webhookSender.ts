import { Webhook } from 'standardwebhooks';

import { createOutgoing, type OutgoingOptions } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';
import { retryAfterSeconds } from './retryAfter.js';

/** What Standard Webhooks advises at least. */
const TIMEOUT_MS = 15_000;
/** Of the answer's body, kept for people. What comes after it is not read: the status has said it all. */
const KEPT_BYTES = 1_024;

export interface Sending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Every one signs, so that receivers can change over while secrets rotate. */
  readonly secrets: readonly string[];
  /** The same at every attempt: receivers know repeats by it. */
  readonly id: string;
  /** Goes into the signature; receivers refuse what is more than some minutes old. */
  readonly at: Date;
  /** The exact bytes that are signed and sent. */
  readonly payload: string;
}

interface Answered {
  readonly status: number;
  /** First KiB of the answer. */
  readonly body: string;
  readonly latencyMs: number;
}

export type SendingResult =
  | (Answered & { readonly outcome: 'delivered'; readonly error: null })
  | (Answered & { readonly outcome: 'gone'; readonly error: string })
  | {
      readonly outcome: 'failed';
      /** Null when there was no answer. */
      readonly status: number | null;
      readonly body: string;
      readonly latencyMs: number;
      /** What the receiver asked for. */
      readonly retryAfterSeconds: number | null;
      /** A sentence without secrets. */
      readonly error: string;
    };

/**
 * Sends one event to one endpoint, signed as Standard Webhooks says. A failure is an answer, not an
 * exception; only the signal's reason is thrown. Nothing but 2xx is success, and a redirect is none.
 */
export function createWebhookSender(options: OutgoingOptions) {
  const http = createOutgoing(options);
  return {
    send: async (sending: Sending, signal?: AbortSignal): Promise<SendingResult> => {
      const begun = performance.now();
      try {
        const { status, headers, body, latencyMs } = await http({
          url: sending.url,
          method: 'POST',
          body: sending.payload,
          headers: headersOf(sending),
          timeoutMs: TIMEOUT_MS,
          maxBytes: KEPT_BYTES,
          longer: 'is cut',
          signal,
        });
        const answered = { status, body, latencyMs };
        if (status >= 200 && status < 300) return { outcome: 'delivered', ...answered, error: null };
        if (status === 410) return { outcome: 'gone', ...answered, error: 'it answered 410 Gone' };
        const wait = retryAfterSeconds(headers['retry-after'], sending.at);
        return { outcome: 'failed', ...answered, retryAfterSeconds: wait, error: refusal(status) };
      } catch (error) {
        if (!(error instanceof OutgoingFailure)) throw error;
        const latencyMs = Math.round(performance.now() - begun);
        return { outcome: 'failed', status: null, body: '', latencyMs, retryAfterSeconds: null, error: error.message };
      }
    },
  };
}

/** Ours last: a custom header never takes the place of one that we sign or that says how to read the body. */
function headersOf({ headers, secrets, id, at, payload }: Sending): Record<string, string> {
  const custom = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...Object.fromEntries(custom),
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, payload)).join(' '),
  };
}

const refusal = (status: number) =>
  status >= 300 && status < 400 ? `it answered ${status}, and redirects are not followed` : `it answered ${status}`;
