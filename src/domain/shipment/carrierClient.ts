import type { Carrier } from '../configuration/integrations.js';
import type { Location } from '../configuration/location.js';
import type { Minor, Order } from '../order/order.js';
import type { PackageItem } from '../package/package.js';
import type { Parcel, Shipment, TrackingEvent } from './shipment.js';

export interface ShipmentRequest {
  /** The package number: opening the same shipment twice opens one. */
  readonly shipmentId: string;
  readonly order: Order;
  readonly location: Location;
  readonly items: readonly PackageItem[];
  readonly parcels: readonly Parcel[];
  /** What the courier collects, in minor units; null when it is paid. */
  readonly cashOnDelivery: Minor | null;
}

/** What we need of a carrier; an adapter for each kind of carrier implements it. */
export interface CarrierClient {
  openShipment(carrier: Carrier, request: ShipmentRequest): Promise<Shipment>;
  track(carrier: Carrier, shipment: Shipment): Promise<readonly TrackingEvent[]>;
  cancelShipment(carrier: Carrier, shipmentId: string): Promise<'cancelled' | 'refused'>;
}
