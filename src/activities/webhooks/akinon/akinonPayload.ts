import { createHash } from 'node:crypto';

import type { Location } from '../../../domain/configuration/location.js';
import type { EventBody } from '../../../domain/events/event.js';
import type { Order } from '../../../domain/order/order.js';
import type { OrderView } from '../../../schemas/orderView.js';
import type { PackageView } from '../../../schemas/packageView.js';
import type { TransferView } from '../../../schemas/transferView.js';
import { orderPayload } from './orderPayload.js';
import { packagePayload } from './packagePayload.js';
import { locationOf } from './parts.js';
import { transferPayload } from './transferPayload.js';

/** What Akinon's packages and transfers copy from elsewhere, and our events only name. */
export interface Lookup {
  order(number: string): Promise<Order | null>;
  location(code: string): Promise<Location | null>;
}

/**
 * An event in the envelope and keys of Akinon's OMS. Copies of orders and locations are as they are now, so a later
 * attempt may differ in them; the event's own object does not change.
 */
export async function akinonPayload({ id, type, subject, data }: EventBody, lookup: Lookup) {
  const event = { type, uuid: createHash('sha256').update(id).digest('hex').slice(0, 32) };
  return { event, payload: await payloadOf(subject, data, lookup) };
}

async function payloadOf(subject: string, data: unknown, lookup: Lookup): Promise<unknown> {
  const locationAt = async (code: string) => locationOf(code, await lookup.location(code));
  switch (subject.split('/', 1)[0]) {
    case 'package': {
      const parcel = data as PackageView;
      return packagePayload(parcel, await lookup.order(parcel.order), await locationAt(parcel.location));
    }
    case 'transfer': {
      const transfer = data as TransferView;
      return transferPayload(transfer, await locationAt(transfer.source), await locationAt(transfer.destination));
    }
    case 'order':
      return orderPayload(data as OrderView);
    case 'location': {
      const location = data as Location;
      return locationOf(location.code, location);
    }
    // Akinon has nothing like the events of our endpoints.
    default:
      return data;
  }
}
