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

/** A label, or where it can be fetched. */
export type LabelSource = { readonly url: string } | { readonly bytes: Uint8Array };

/** A shipment as the carrier has it. */
export interface OpenedShipment {
  readonly shipment: Shipment;
  /** The label of the shipment, or null. */
  readonly label: LabelSource | null;
  /** Those of its parcels, in their order; null for one that has none of its own. */
  readonly parcelLabels: readonly (LabelSource | null)[];
}

/**
 * What we need of a carrier. There is one implementation for each `adapter` of a carrier's configuration; every call may
 * be repeated.
 *
 * All throw `OmsError`: `carrier.unreachable` for what may be better later, `carrier.refused` for what the carrier does
 * not want.
 */
export interface CarrierClient {
  /** Opens the shipment. One that is there already, because an answer was lost, is brought up to date instead. */
  openShipment(carrier: Carrier, request: ShipmentRequest): Promise<OpenedShipment>;
  /** What has happened to it, in any order, with what was told before. */
  track(carrier: Carrier, shipment: Shipment): Promise<readonly TrackingEvent[]>;
  /** The document at an address that the carrier gave; null when it gives none now. */
  fetchLabel(carrier: Carrier, url: string): Promise<Uint8Array | null>;
  /** What the carrier does not know was deleted before, or never got there: that is `cancelled` too. */
  cancelShipment(carrier: Carrier, shipmentId: string): Promise<'cancelled' | 'refused'>;
}
