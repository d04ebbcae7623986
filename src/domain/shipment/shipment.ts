import type { Instant } from '../order/order.js';

/**
 * Tracking vocabulary with its rank. A status only ever moves to a higher rank, so that late and
 * repeated news change nothing; `returning`, `returned` and `exception` are explicit and always count.
 */
export const SHIPMENT_STATUSES = {
  unknown: 0,
  info_received: 10,
  in_transit: 20,
  out_for_delivery: 30,
  available_for_pickup: 40,
  attempt_failed: 50,
  exception: 60,
  delivered: 100,
  returning: 110,
  returned: 120,
  cancelled: 130,
  expired: 140,
} as const;

export type ShipmentStatus = keyof typeof SHIPMENT_STATUSES;

/** One piece of news from the carrier; `rawCode` is what the carrier called it. */
export interface TrackingEvent {
  readonly status: ShipmentStatus;
  readonly rawCode: string;
  readonly at: Instant;
  readonly description?: string;
  /** Of the parcel that it is about, where a shipment has several. */
  readonly trackingNumber?: string;
}

export interface Parcel {
  /** Kilograms. */
  readonly weight?: number;
  /** Centimetres. */
  readonly length?: number;
  readonly width?: number;
  readonly height?: number;
  readonly trackingNumber?: string;
}

/** A shipment of one package. Tracking numbers are reused by carriers, so `id` (the package number) names it. */
export interface Shipment {
  readonly id: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly queryNumber: string | null;
  readonly awbNumber: string | null;
  /** Where the label can be fetched. */
  readonly label: string | null;
  /** Copies of labels that are kept beside the package: the shipment's (0), and those of its parcels from 1 on. */
  readonly storedLabels?: readonly number[];
  readonly parcels: readonly Parcel[];
  readonly status: ShipmentStatus;
  readonly events: readonly TrackingEvent[];
}

/** A shipment of which nothing is known yet but its package. */
export function unknownShipment(packageNumber: string): Shipment {
  return {
    id: packageNumber,
    carrier: null,
    trackingNumber: null,
    queryNumber: null,
    awbNumber: null,
    label: null,
    parcels: [],
    status: 'unknown',
    events: [],
  };
}
