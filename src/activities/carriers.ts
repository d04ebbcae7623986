import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { Carrier } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import type { Order } from '../domain/order/order.js';
import type { PackageRecord } from '../domain/package/package.js';
import type { Parcel, Shipment } from '../domain/shipment/shipment.js';
import type { CarrierClient } from '../domain/shipment/carrierClient.js';
import { hearNews } from '../domain/shipment/tracking.js';
import { OmsError } from '../platform/errors.js';
import type { Settings } from '../platform/settings.js';

export interface CarrierDependencies {
  readonly carriers: { all(): Promise<readonly Carrier[]>; find(code: string): Promise<Carrier | null> };
  readonly locations: { find(code: string): Promise<Location | null> };
  readonly orders: { find(number: string): Promise<{ order: Order } | null> };
  readonly packages: { find(number: string): Promise<PackageRecord | null> };
  readonly settings: { read(): Promise<Settings> };
  readonly client: CarrierClient;
  readonly now: () => Date;
}

export type CarrierActivities = ReturnType<typeof createCarrierActivities>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Calls to carriers. Each may be repeated: a shipment is known by its package number. */
export function createCarrierActivities({
  carriers,
  locations,
  orders,
  packages,
  settings,
  client,
  now,
}: CarrierDependencies) {
  /** The first active carrier, by priority, that serves the order's shipping option. */
  const carrierOf = async ({ shippingOption }: Order): Promise<Carrier | null> => {
    const serving = (await carriers.all()).filter(
      ({ active, shippingOptions }) =>
        active && (shippingOptions.length === 0 || shippingOptions.includes(shippingOption)),
    );
    return serving.sort((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1))[0] ?? null;
  };

  const find = async (number: string) => {
    const parcel = await packages.find(number);
    const owner = parcel && (await orders.find(parcel.order));
    const location = parcel && (await locations.find(parcel.location));
    if (!parcel || !owner || !location) throw new OmsError('service.unavailable', `${number} is not recorded yet`);
    return { parcel, order: owner.order, location };
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
      const carrier = await carrierOf(order);
      if (!carrier) return null;
      if (carrier.adapter === 'manual') return shipmentByHand(number, carrier.code, parcels);
      return client.openShipment(carrier, { shipmentId: number, order, location, items: parcel.items, parcels });
    },

    /** A carrier that does not know the shipment has nothing to cancel: that is `cancelled` as well. */
    async cancelShipment({ package: number, shipment }: { package: string; shipment: Shipment | null }) {
      const { order } = await find(number);
      const carrier = shipment?.carrier ? await carriers.find(shipment.carrier) : await carrierOf(order);
      if (!carrier || carrier.adapter === 'manual') return 'cancelled' as const;
      return client.cancelShipment(carrier, number);
    },

    /**
     * One poll. Answers the shipment with its news merged in; without news it fails and names the time of
     * the next poll, so that waiting for a parcel costs no history.
     */
    async trackShipment({
      package: number,
      shipment,
      since,
    }: {
      package: string;
      shipment: Shipment;
      since: string;
    }): Promise<Shipment> {
      const carrier = shipment.carrier === null ? null : await carriers.find(shipment.carrier);
      if (!carrier)
        throw new OmsError('carrier.unreachable', `${number}: there is no carrier ${shipment.carrier ?? ''}`);
      const told = carrier.adapter === 'manual' ? [] : await client.track(carrier, shipment);
      const news = hearNews(shipment, told);
      if (news) return news;
      const { trackingExpireDays, trackingPollMinutes } = await settings.read();
      if (now().getTime() - Date.parse(since) > trackingExpireDays * DAY_MS) return { ...shipment, status: 'expired' };
      throw ApplicationFailure.create({
        type: 'tracking.no_news',
        message: `No news of ${shipment.trackingNumber ?? number}`,
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: Math.max(1_000, trackingPollMinutes * MINUTE_MS),
      });
    },
  };
}

function shipmentByHand(id: string, carrier: string, parcels: readonly Parcel[]): Shipment {
  return {
    id,
    carrier,
    trackingNumber: null,
    queryNumber: null,
    awbNumber: null,
    label: null,
    parcels,
    status: 'unknown',
    events: [],
  };
}
