import { presentOrder } from '../domain/order/presentOrder.js';
import type { Carrier } from '../domain/configuration/integrations.js';
import type { Minor, Order } from '../domain/order/order.js';
import { netOf, packageAmounts } from '../domain/package/amounts.js';
import type { PackageRecord } from '../domain/package/package.js';
import { carrierFor, isCollectedBy } from '../domain/shipment/serving.js';
import type { Parcel, Shipment } from '../domain/shipment/shipment.js';
import type { CarrierDependencies } from './carrierDependencies.js';
import { OmsError } from '../platform/errors.js';
import { keepLabels } from './keepLabels.js';
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
      const carrier = carrierFor(await carriers.all(), order);
      if (!carrier) return null;
      const cashOnDelivery = await toCollect(packages, carrier, order, parcel);
      const goods = { items: parcel.items, parcels, cashOnDelivery };
      const opened = await client.openShipment(carrier, { shipmentId: number, order, location, ...goods });
      return keepLabels(dependencies, carrier, opened);
    },

    /** A carrier that does not know the shipment has nothing to cancel: that is `cancelled` as well. */
    async cancelShipment({ package: number, shipment }: { package: string; shipment: Shipment | null }) {
      const { order } = await find(number);
      const carrier = shipment?.carrier
        ? await carriers.find(shipment.carrier)
        : carrierFor(await carriers.all(), order);
      if (!carrier) return 'cancelled' as const;
      return client.cancelShipment(carrier, number);
    },

    trackShipment: (request: TrackingRequest) => pollShipment(dependencies, request),
  };
}

/** What the courier collects for the package; null when it is paid. */
async function toCollect(
  packages: CarrierDependencies['packages'],
  carrier: Carrier,
  order: Order,
  parcel: PackageRecord,
): Promise<Minor | null> {
  if (!isCollectedBy(carrier, order)) return null;
  return netOf(packageAmounts(order.lines, await packages.ofOrder(order.number), parcel));
}
