import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import type { Carrier } from '../domain/configuration/integrations.js';
import type { CarrierClient, ShipmentRequest } from '../domain/shipment/carrierClient.js';
import type { Shipment, TrackingEvent } from '../domain/shipment/shipment.js';
import { OmsError } from '../platform/errors.js';
import { createAuthenticator, type AuthenticatedCall } from './authenticator.js';
import { createOutgoing, type OutgoingAnswer, type OutgoingOptions } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';
import { historyAnswer, shipmentAnswer, shipmentBody, shipmentStatus } from './shipmentFlow.js';

const TIMEOUT_MS = 8_000;
const LONGEST_ANSWER_BYTES = 1_048_576;
const LONGEST_QUOTE = 200;

interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** Speaks the shipment-flow contract. A shipment is known by our id, so every call may be repeated. */
export function createCarrierClient(options: OutgoingOptions): CarrierClient {
  const call = createAuthenticator(createOutgoing(options));
  return {
    openShipment: async (carrier, request) => {
      const opening: Question = { method: 'POST', path: 'shipments', body: shipmentBody(carrier, request) };
      const answer = await ask(call, carrier, opening);
      // An earlier call got through although its answer was lost: the shipment is there.
      const shown = answer.status === 409 ? await ask(call, carrier, existing(request.shipmentId)) : answer;
      return opened(carrier, request, understand(carrier, shipmentAnswer, shown));
    },

    track: async (carrier, { id }) => {
      const { method, path } = existing(id);
      const answer = await ask(call, carrier, { method, path: `${path}/history` });
      return understand(carrier, historyAnswer, answer).events.map(({ status, at, description }): TrackingEvent => ({
        status: shipmentStatus(status),
        rawCode: status,
        at: new Date(at).toISOString(),
        ...(description != null && { description }),
      }));
    },

    cancelShipment: async (carrier, shipmentId) => {
      const answer = await ask(call, carrier, { ...existing(shipmentId), method: 'DELETE' });
      // What the carrier does not know was deleted before, or never got there.
      if (answer.status === 404 || isGood(answer)) return 'cancelled';
      if (answer.status === 409) return 'refused';
      throw failed(carrier, answer);
    },
  };
}

const existing = (shipmentId: string): Question => ({
  method: 'GET',
  path: `shipments/${encodeURIComponent(shipmentId)}`,
});

const isGood = ({ status }: OutgoingAnswer) => status >= 200 && status < 300;

async function ask(call: AuthenticatedCall, carrier: Carrier, { method, path, body }: Question) {
  const { code, url = '', auth } = carrier;
  try {
    return await call(auth, {
      url: `${url.replace(/\/+$/, '')}/${path}`,
      method,
      headers: {
        accept: 'application/json',
        'x-akinon-request-id': randomUUID(),
        'x-akinon-api-version': '1',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: LONGEST_ANSWER_BYTES,
    });
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    throw new OmsError('carrier.unreachable', `Carrier ${code} cannot be reached: ${error.message}`, { cause: error });
  }
}

function opened(
  { code }: Carrier,
  { shipmentId, parcels }: ShipmentRequest,
  { trackingNumber, queryNumber, awbNumber, label }: z.output<typeof shipmentAnswer>,
): Shipment {
  return {
    id: shipmentId,
    carrier: code,
    trackingNumber,
    queryNumber: queryNumber ?? null,
    awbNumber: awbNumber ?? null,
    label: label ?? null,
    parcels,
    status: 'unknown',
    events: [],
  };
}

/** What the carrier cannot do today it may do tomorrow; what it does not understand it never will. */
function failed({ code }: Carrier, { status, body }: OutgoingAnswer): OmsError {
  const isLater = status >= 500 || status === 429 || status === 408;
  const detail = `Carrier ${code} answered ${status}: ${body.slice(0, LONGEST_QUOTE)}`;
  return new OmsError(isLater ? 'carrier.unreachable' : 'carrier.refused', detail);
}

function understand<Schema extends z.ZodType>(
  carrier: Carrier,
  schema: Schema,
  answer: OutgoingAnswer,
): z.output<Schema> {
  if (!isGood(answer)) throw failed(carrier, answer);
  try {
    return schema.parse(JSON.parse(answer.body));
  } catch (error) {
    const detail = `Carrier ${carrier.code} answered in a way that we do not understand`;
    throw new OmsError('carrier.unreachable', detail, { cause: error });
  }
}
