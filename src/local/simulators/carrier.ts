import { withFaults } from './faults.js';
import {
  isAllowed,
  readObject,
  startLoopbackServer,
  type Asked,
  type Login,
  type Reply,
  type Simulator,
} from './loopbackServer.js';
import { openShipmentBook, type BookedShipment, type ShipmentBook } from './shipmentBook.js';

export interface CarrierOptions {
  /** HTTP Basic; everybody may ask without it. */
  readonly login?: Login;
  /** From the opening of a shipment to its delivery. */
  readonly deliverySeconds: number;
  /** File that remembers the shipments, so that parcels survive a restart; in memory only without it. */
  readonly file?: string;
  readonly now?: () => number;
  readonly port?: number;
}

/** What happens to a parcel, and after which part of the time to its delivery. */
const JOURNEY = [
  { status: 'CREATED', part: 0, description: 'Shipment data received' },
  { status: 'SHIPPING', part: 0.3, description: 'On its way' },
  { status: 'OUT_FOR_DELIVERY', part: 0.65, description: 'With the courier' },
  { status: 'DELIVERED', part: 1, description: 'Handed to the customer' },
] as const;

/**
 * A carrier that speaks the shipment-flow contract and moves every parcel along by the clock. Shipments are
 * known by the sender's id: opening one twice opens one.
 */
export async function startCarrier(options: CarrierOptions): Promise<Simulator> {
  const { login, deliverySeconds, now = Date.now } = options;
  const book = await openShipmentBook(options.file);
  const eventsOf = ({ openedAt, deletedAt }: BookedShipment) => {
    const end = deletedAt ?? now();
    const travelled = JOURNEY.map(({ part, ...event }) => ({
      ...event,
      at: openedAt + part * deliverySeconds * 1_000,
    }));
    const reached = travelled.filter(({ at }) => at <= end);
    const deleted = { status: 'DELETED', description: 'Taken back by the sender', at: deletedAt ?? 0 };
    const told = deletedAt === undefined ? reached : [...reached, deleted];
    return told.map((event) => ({ ...event, at: new Date(event.at).toISOString() }));
  };

  const answer = (asked: Asked): Reply | Promise<Reply> => {
    if (asked.path === '/control/shipments') {
      return { status: 200, body: { shipments: book.all().map((one) => shown(one, server.url)) } };
    }
    if (!isAllowed(asked, login)) return refuse(401, 'unknown sender');
    if (asked.headers['x-akinon-request-id'] === undefined) return refuse(400, 'x-akinon-request-id is missing');
    if (asked.headers['x-akinon-api-version'] === undefined) return refuse(400, 'x-akinon-api-version is missing');
    if (asked.method === 'POST' && asked.path === '/shipments') return open(book, asked.body, now(), server.url);
    const [, id, part] = /^\/shipments\/([^/]+)(?:\/(history|label(?:\/\d+)?))?$/.exec(asked.path) ?? [];
    const shipment = id === undefined ? undefined : book.find(decodeURIComponent(id));
    if (!shipment) return refuse(404, 'there is no such shipment');
    if (asked.method === 'DELETE' && part === undefined) return remove(book, shipment, eventsOf(shipment), now());
    if (asked.method === 'PATCH' && part === undefined) return change(book, shipment, asked.body, server.url);
    if (asked.method !== 'GET') return refuse(405, 'not for this address');
    if (part === 'history') return { status: 200, body: { events: eventsOf(shipment) } };
    if (part !== undefined) return { status: 200, body: label(shipment, Number(part.slice('label/'.length) || 0)) };
    return { status: 200, body: { ...shown(shipment, server.url), status: eventsOf(shipment).at(-1)?.status } };
  };

  const server = await startLoopbackServer(withFaults(answer), options.port);
  return server;
}

const refuse = (status: number, message: string): Reply => ({ status, body: { message } });

async function open(book: ShipmentBook, body: string, openedAt: number, baseUrl: string): Promise<Reply> {
  const { shipmentId, orderNumber, destination, products, parcels } = readObject(body) ?? {};
  if (typeof shipmentId !== 'string' || typeof orderNumber !== 'string' || !destination || !Array.isArray(products)) {
    return refuse(400, 'shipmentId, orderNumber, destination and products are required');
  }
  if (book.find(shipmentId)) return refuse(409, 'there is such a shipment; PATCH changes it');
  return { status: 201, body: shown(await book.open(shipmentId, openedAt, countOf(parcels)), baseUrl) };
}

async function change(book: ShipmentBook, shipment: BookedShipment, body: string, baseUrl: string): Promise<Reply> {
  const { parcels } = readObject(body) ?? {};
  return { status: 200, body: shown(await book.update(shipment, countOf(parcels)), baseUrl) };
}

const countOf = (parcels: unknown): number => (Array.isArray(parcels) ? Math.max(1, parcels.length) : 1);

/** What is already with the courier cannot be taken back. */
async function remove(
  book: ShipmentBook,
  shipment: BookedShipment,
  events: readonly { status: string }[],
  deletedAt: number,
): Promise<Reply> {
  const status = events.at(-1)?.status;
  if (status !== 'CREATED' && status !== 'DELETED') return refuse(409, 'the parcel is on its way');
  await book.delete(shipment.shipmentId, deletedAt);
  return { status: 204 };
}

const shown = ({ shipmentId, trackingNumber, parcels = 1 }: BookedShipment, baseUrl: string) => {
  const address = `${baseUrl}/shipments/${encodeURIComponent(shipmentId)}/label`;
  const each = Array.from({ length: parcels }, (_, index) => ({
    trackingNumber: `${trackingNumber}-${index + 1}`,
    label: `${address}/${index + 1}`,
  }));
  return { shipmentId, trackingNumber, label: address, ...(parcels > 1 && { parcels: each }) };
};

/** For a label printer. */
const label = ({ shipmentId, trackingNumber }: BookedShipment, parcel: number) =>
  `^XA^FO20,20^FD${shipmentId}${parcel > 0 ? ` ${parcel}` : ''}^FS^FO20,60^BC^FD${trackingNumber}^FS^XZ\n`;
