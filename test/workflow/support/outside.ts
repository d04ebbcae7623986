import { Webhook } from 'standardwebhooks';

import type { EventBody } from '../../../src/domain/events/event.js';
import { startHttpServer, type HttpServer } from '../../support/httpServer.js';

/** A stock service with a table, which a test can take down, make talk nonsense, or make slow. */
export interface StockService extends HttpServer {
  /** `location|sku` -> pieces. */
  readonly table: Map<string, number>;
  mode: 'up' | 'down' | 'garbage';
  /** An answer, made from the table when it was asked for, goes out when this resolves. */
  hold: Promise<unknown>;
  requests: number;
}

export async function startStockService(): Promise<StockService> {
  const table = new Map<string, number>();
  const server = await startHttpServer(async ({ query }) => {
    service.requests++;
    if (service.mode === 'down') return { status: 503, text: 'closed' };
    if (service.mode === 'garbage') {
      return { json: [{ sku: query.get('sku'), stocks: [{ erpCode: 'S1', quantity: -1 }] }] };
    }
    const json = query.getAll('sku').map((sku) => ({ sku, stocks: stocksOf(table, sku) }));
    await service.hold;
    return { json };
  });
  const service: StockService = { ...server, table, mode: 'up', hold: Promise.resolve(), requests: 0 };
  return service;
}

const stocksOf = (table: ReadonlyMap<string, number>, sku: string) =>
  [...table].flatMap(([key, quantity]) => {
    const [erpCode, of] = key.split('|');
    return of === sku ? [{ erpCode, quantity }] : [];
  });

/** A carrier whose parcels move when the test says so. */
export interface CarrierService extends HttpServer {
  readonly shipments: Map<string, { status: string; at: string }[]>;
  isDown: boolean;
  /** Whether it still deletes a shipment. */
  deletes: boolean;
  requests: number;
  /** Is given the body of each shipment that is opened. */
  heard: (body: string) => void;
  /** What each question for a parcel's history reveals, one after the other; `when` holds the answer back. */
  script(shipmentId: string, statuses: readonly string[], when: () => Promise<unknown>): void;
  /** The carrier has news of the parcel. */
  report(shipmentId: string, status: string): void;
}

export async function startCarrierService(): Promise<CarrierService> {
  const shipments = new Map<string, { status: string; at: string }[]>();
  const scripts = new Map<string, { statuses: string[]; when: () => Promise<unknown> }>();
  const server = await startHttpServer(async ({ method, path, body }) => {
    service.requests++;
    if (service.isDown) return { status: 503, text: 'closed' };
    const [, , id = '', part] = path.split('/');
    if (method === 'POST') {
      service.heard(body);
      const { shipmentId } = JSON.parse(body) as { shipmentId: string };
      if (!shipments.has(shipmentId)) shipments.set(shipmentId, []);
      return { status: 201, json: { trackingNumber: `T-${shipmentId}` } };
    }
    const shipment = shipments.get(decodeURIComponent(id));
    if (!shipment) return { status: 404, json: {} };
    if (method === 'DELETE') {
      if (!service.deletes) return { status: 409, json: {} };
      shipments.delete(decodeURIComponent(id));
      return { status: 204 };
    }
    const script = part === 'history' ? scripts.get(id) : undefined;
    await script?.when();
    const next = script?.statuses.shift();
    if (next !== undefined) service.report(id, next);
    return { json: part === 'history' ? { events: shipment } : { trackingNumber: `T-${id}` } };
  });
  const service: CarrierService = {
    ...server,
    shipments,
    isDown: false,
    deletes: true,
    requests: 0,
    heard: () => undefined,
    script: (id, statuses, when) => void scripts.set(id, { statuses: [...statuses], when }),
    report: (id, status) => void shipments.get(id)?.push({ status, at: new Date().toISOString() }),
  };
  return service;
}

/** A webhook receiver that verifies every signature, and fails as often as the test says. */
export interface Receiver extends HttpServer {
  readonly events: EventBody[];
  readonly refused: string[];
  secret: string;
  /** `flaky`: every request is refused once. */
  mode: 'up' | 'down' | 'flaky';
  /** How long it thinks about what it has got, in ms. */
  answersAfterMs: number;
  /** Whether a signature must be of this minute, as it should. */
  checksTime: boolean;
  requests: number;
}

export async function startReceiver(): Promise<Receiver> {
  const known = new Set<string>();
  const isNew = (id: string): boolean => !known.has(id) && Boolean(known.add(id));
  const server = await startHttpServer(async ({ headers, body }) => {
    receiver.requests++;
    if (receiver.mode === 'down' || (receiver.mode === 'flaky' && isNew(String(headers['webhook-id']))))
      return { status: 500, text: 'no' };
    try {
      verify(receiver, headers as Record<string, string>, body);
    } catch (error) {
      receiver.refused.push(String(error));
      return { status: 401 };
    }
    receiver.events.push(JSON.parse(body) as EventBody);
    if (receiver.answersAfterMs > 0) await new Promise((resolve) => setTimeout(resolve, receiver.answersAfterMs));
    return { status: 204 };
  });
  const receiver: Receiver = {
    ...server,
    events: [],
    refused: [],
    secret: '',
    mode: 'up',
    answersAfterMs: 0,
    checksTime: true,
    requests: 0,
  };
  return receiver;
}

function verify({ secret, checksTime }: Receiver, headers: Record<string, string>, body: string): void {
  const webhook = new Webhook(secret);
  if (checksTime) {
    webhook.verify(body, headers);
    return;
  }
  const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': given = '' } = headers;
  if (!given.split(' ').includes(webhook.sign(id, new Date(Number(at) * 1_000), body)))
    throw new Error('not signed by us');
}
