import { randomUUID } from 'node:crypto';

import type { InvoiceRequest } from '../domain/lifecycle/changes.js';
import type { InvoiceClient, InvoiceSubject, WrittenInvoice } from '../domain/invoice.js';
import { netOf } from '../domain/package/amounts.js';
import { OmsError } from '../platform/errors.js';
import { invoiceAnswer, type InvoiceQuestion } from '../schemas/invoice.js';
import { createAuthenticator } from './authenticator.js';
import { createOutgoing, type OutgoingAnswer, type OutgoingOptions } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';
import { retryAfterSeconds } from './retryAfter.js';

/** A document of 5 MiB in base64, and what else is said. */
const LONGEST_ANSWER_BYTES = 8 * 1_048_576;
const LONGEST_DOCUMENT_BYTES = 5 * 1_048_576;
const LONGEST_QUOTE = 200;
/** When the service is asked again that writes the invoice and does not say how long that takes. */
const WRITTEN_WITHIN_S = 60;

/** Asks a brand's invoice service. */
export function createInvoiceClient(options: OutgoingOptions): InvoiceClient {
  const http = createOutgoing(options);
  const call = createAuthenticator(http);
  return {
    request: async (service, subject) => {
      const { url, auth, timeouts, generateNumber } = service;
      const question = questionOf(subject, generateNumber);
      try {
        const answer = await call(auth, {
          url,
          method: 'POST',
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'idempotency-key': question.package,
            'x-request-id': randomUUID(),
          },
          body: JSON.stringify(question),
          ...within(timeouts),
          maxBytes: LONGEST_ANSWER_BYTES,
        });
        return understand(answer, question);
      } catch (error) {
        if (!(error instanceof OutgoingFailure)) throw error;
        throw unreachable(`cannot be reached: ${error.message}`, error);
      }
    },

    fetch: async ({ url: home, auth, timeouts }, url) => {
      const request = { url, ...within(timeouts), maxBytes: LONGEST_DOCUMENT_BYTES };
      try {
        // Who we are is for the service alone.
        const isHome = new URL(url).origin === new URL(home).origin;
        const { status, bytes } = await (isHome ? call(auth, request) : http(request));
        return status === 200 ? bytes : null;
      } catch (error) {
        if (error instanceof OutgoingFailure) return null;
        throw error;
      }
    },
  };
}

const within = (limits: InvoiceRequest['timeouts']) => ({
  limits,
  // For what comes after its beginning, a long document has as much again.
  timeoutMs: limits.connectMs + 2 * limits.readMs,
});

/** Body of the request. */
function questionOf({ parcel, order, amounts, cashOnDelivery }: InvoiceSubject, isOurNumber: boolean): InvoiceQuestion {
  const { channel, currency, placedAt, paymentType, customer, shippingAddress, billingAddress, lines } = order;
  return {
    ...{ package: parcel.number, order: order.number, location: parcel.location, channel },
    ...(isOurNumber && { number: parcel.number }),
    ...{ currency, placedAt, paymentType, customer },
    billingAddress: billingAddress ?? shippingAddress,
    shippingAddress,
    items: amounts.map(({ item: { id, lineId, sku, name, quantity, unitPrice }, discount, net }) => ({
      ...{ id, lineId, sku, name, quantity, unitPrice, discount, net },
      taxRate: lines.find((line) => line.id === lineId)?.taxRate ?? 0,
    })),
    total: netOf(amounts),
    cashOnDelivery,
  };
}

function understand(answer: OutgoingAnswer, question: InvoiceQuestion): WrittenInvoice | number {
  const { status, headers, body } = answer;
  if (status === 202) return retryAfterSeconds(headers['retry-after'], new Date()) ?? WRITTEN_WITHIN_S;
  if (status !== 200 && status !== 201) throw failed(answer);
  const parsed = invoiceAnswer.safeParse(readJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreachable(`answered what we do not understand: /${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`);
  }
  const { number = question.number, type, date, url, content } = parsed.data;
  if (number === undefined) throw unreachable('answered without the number of the invoice');
  if (question.number !== undefined && number !== question.number)
    throw unreachable(`numbered the invoice ${number}, and we asked for ${question.number}`);
  return { number, type, date, url: url ?? null, document: content == null ? null : Buffer.from(content, 'base64') };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** What is refused now is refused tomorrow; that it is not now, or not in order, may pass. */
function failed({ status, body }: OutgoingAnswer): OmsError {
  const said = `answered ${status}${body === '' ? '' : `: ${body.slice(0, LONGEST_QUOTE)}`}`;
  const isLater = status >= 500 || [401, 403, 404, 408, 425, 429].includes(status) || status < 400;
  return isLater ? unreachable(said) : new OmsError('invoice.refused', `The invoice service ${said}`);
}

const unreachable = (said: string, cause?: unknown): OmsError =>
  new OmsError('invoice.unreachable', `The invoice service ${said}`, { cause });
