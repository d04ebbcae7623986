import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import type { Carrier } from '../../domain/configuration/integrations.js';
import type {
  CarrierClient,
  LabelSource,
  OpenedShipment,
  ShipmentRequest,
} from '../../domain/shipment/carrierClient.js';
import type { TrackingEvent } from '../../domain/shipment/shipment.js';
import { OmsError } from '../../platform/errors.js';
import { createAuthenticator, type AuthenticatedCall } from '../authenticator.js';
import { createOutgoing, type OutgoingAnswer, type OutgoingOptions } from '../http.js';
import { OutgoingFailure } from '../outgoingFailure.js';
import {
  historyAnswer,
  LONGEST_LABEL_BYTES,
  shipmentAnswer,
  shipmentBody,
  shipmentStatus,
  type trackingNews,
} from './shipmentFlowContract.js';

const TIMEOUT_MS = 8_000;
const LONGEST_ANSWER_BYTES = 1_048_576;
const LONGEST_QUOTE = 200;

interface Question {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** Speaks the shipment-flow contract. A shipment is known by our id, so every call may be repeated. */
export function createShipmentFlow(options: OutgoingOptions): CarrierClient {
  const http = createOutgoing(options);
  const call = createAuthenticator(http);
  return {
    openShipment: async (carrier, request) => {
      const body = shipmentBody(carrier, request);
      const answer = await ask(call, carrier, { method: 'POST', path: 'shipments', body });
      // An earlier call got through although its answer was lost, or its label was fetched before it was packed.
      const shown = answer.status === 409 ? await update(call, carrier, request.shipmentId, body) : answer;
      return opened(carrier, request, understand(carrier, shipmentAnswer, shown));
    },

    track: async (carrier, { id }) => {
      const { method, path } = existing(id);
      const answer = await ask(call, carrier, { method, path: `${path}/history` });
      return understand(carrier, historyAnswer, answer).events.map((event) => toTrackingEvent(carrier, event));
    },

    fetchLabel: async ({ url: home = '', auth }, url) => {
      const request = { url, timeoutMs: TIMEOUT_MS, maxBytes: LONGEST_LABEL_BYTES };
      try {
        // Who we are is for the carrier alone.
        const isHome = new URL(url).origin === new URL(home).origin;
        const { status, bytes } = await (isHome ? call(auth, { ...request, headers: ids() }) : http(request));
        return status === 200 ? bytes : null;
      } catch (error) {
        if (error instanceof OutgoingFailure) return null;
        throw error;
      }
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

/** Carriers that change nothing keep the shipment as they have it. */
async function update(call: AuthenticatedCall, carrier: Carrier, shipmentId: string, body: object) {
  const { path } = existing(shipmentId);
  const answer = await ask(call, carrier, { method: 'PATCH', path, body });
  return [404, 405, 501].includes(answer.status) ? ask(call, carrier, existing(shipmentId)) : answer;
}

/** What every call carries: its own id, and the version of the contract. */
const ids = () => ({ 'x-akinon-request-id': randomUUID(), 'x-akinon-api-version': '1' });

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
        ...ids(),
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
  answer: z.output<typeof shipmentAnswer>,
): OpenedShipment {
  const { trackingNumber, queryNumber, awbNumber, label, labelContent, parcels: theirs } = answer;
  const numbered = parcels.map((parcel, index) => {
    const number = theirs?.[index]?.trackingNumber;
    return number == null ? parcel : { ...parcel, trackingNumber: number };
  });
  return {
    shipment: {
      id: shipmentId,
      carrier: code,
      trackingNumber,
      queryNumber: queryNumber ?? null,
      awbNumber: awbNumber ?? null,
      label: label ?? null,
      parcels: numbered,
      status: 'unknown',
      events: [],
    },
    label: labelSource(label, labelContent),
    parcelLabels: parcels.map((_, index) => labelSource(theirs?.[index]?.label, theirs?.[index]?.labelContent)),
  };
}

function labelSource(url: string | null | undefined, content: string | null | undefined): LabelSource | null {
  if (content != null) return { bytes: Buffer.from(content, 'base64') };
  return url == null ? null : { url };
}

/** News as the contract has it, in our vocabulary; the brand's own mapping comes first. */
export function toTrackingEvent(
  { statuses }: Pick<Carrier, 'statuses'>,
  { status, at, description, trackingNumber }: z.output<typeof trackingNews>,
): TrackingEvent {
  return {
    status: (statuses && Object.hasOwn(statuses, status) ? statuses[status] : null) ?? shipmentStatus(status),
    rawCode: status,
    at: new Date(at).toISOString(),
    ...(description != null && { description }),
    ...(trackingNumber != null && { trackingNumber }),
  };
}

/** What the carrier cannot do today it may do tomorrow; what it does not understand it never will. */
function failed({ code }: Carrier, { status, body }: OutgoingAnswer): OmsError {
  const isLater = status >= 500 || status === 429 || status === 408;
  const detail = `Carrier ${code} answered ${status}${body === '' ? '' : `: ${body.slice(0, LONGEST_QUOTE)}`}`;
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
