import { presentOrder } from '../domain/order/presentOrder.js';
import type { Carrier } from '../domain/configuration/integrations.js';
import type { Order } from '../domain/order/order.js';
import { unknownShipment, type Parcel, type Shipment } from '../domain/shipment/shipment.js';
import type { CarrierDependencies } from './carrierDependencies.js';
import { OmsError } from '../platform/errors.js';
import { pollShipment, type TrackingRequest } from './pollShipment.js';

export type CarrierActivities = ReturnType<typeof createCarrierActivities>;

/** Calls to carriers. Each may be repeated: a shipment is known by its package number. */
export function createCarrierActivities(dependencies: CarrierDependencies) {
  const { carriers, locations, orders, packages, client } = dependencies;
  const find = async (number: string) => {
    const parcel = await packages.find(number);
    const owner = parcel && (await orders.find(parcel.order));
    const location = parcel && (await locations.find(parcel.location));
    if (!parcel || !owner || !location) throw new OmsError('service.unavailable', `${number} is not recorded yet`);
    return { parcel, order: presentOrder(owner), location };
  };

  return {
    /** Null when no carrier serves the order: it is then shipped by hand. */
    async openShipment({
      package: number,
      parcels,
    }: {
      package: string;
      parcels: readonly Parcel[];
    }): Promise<Shipment | null> {
      const { parcel, order, location } = await find(number);
      const carrier = await carrierOf(carriers, order);
      if (!carrier) return null;
      if (carrier.adapter === 'manual') return { ...unknownShipment(number), carrier: carrier.code, parcels };
      return client.openShipment(carrier, { shipmentId: number, order, location, items: parcel.items, parcels });
    },

    /** A carrier that does not know the shipment has nothing to cancel: that is `cancelled` as well. */
    async cancelShipment({ package: number, shipment }: { package: string; shipment: Shipment | null }) {
      const { order } = await find(number);
      const carrier = shipment?.carrier ? await carriers.find(shipment.carrier) : await carrierOf(carriers, order);
      if (!carrier || carrier.adapter === 'manual') return 'cancelled' as const;
      return client.cancelShipment(carrier, number);
    },

    trackShipment: (request: TrackingRequest) => pollShipment(dependencies, request),
  };
}

/** The first active carrier, by priority, that serves the order's shipping option. */
async function carrierOf(
  carriers: CarrierDependencies['carriers'],
  { shippingOption }: Order,
): Promise<Carrier | null> {
  const serving = (await carriers.all()).filter(
    ({ active, shippingOptions }) =>
      active && (shippingOptions.length === 0 || shippingOptions.includes(shippingOption)),
  );
  return serving.sort((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1))[0] ?? null;
}
