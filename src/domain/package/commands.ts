import type { Parcel } from '../shipment/shipment.js';

/** Commands that do nothing but move the package along its life cycle. */
interface PlainCommand {
  readonly command:
    | 'prepare'
    | 'ready'
    | 'unblock'
    | 'release'
    | 'reschedule'
    | 'ready_for_pickup'
    | 'attempt_delivery'
    | 'deliver'
    | 'fail_delivery'
    | 'return'
    | 'confirm_cancellation';
}

interface NotedCommand {
  readonly command: 'refuse_cancellation';
  readonly note?: string;
}

interface ReasonedCommand {
  /** `reason`: code of a denial reason (`refuse`) or of a cancellation reason (`cancel`). */
  readonly command: 'refuse' | 'cancel';
  readonly reason: string;
  readonly note?: string;
}

interface BlockCommand {
  readonly command: 'block';
  readonly reason: string;
}

interface PackCommand {
  readonly command: 'pack';
  readonly parcels?: readonly Parcel[];
  /** Default true: a shipment is opened with the carrier that serves the shipping option. */
  readonly withShipment?: boolean;
}

interface ShipCommand {
  readonly command: 'ship';
  readonly carrier?: string;
  readonly trackingNumber?: string;
  /** No carrier is called and nothing is tracked. */
  readonly withoutIntegration?: boolean;
}

/** What a store, its software or a person asks of a package. The HTTP body, as it is. */
export type PackageCommand = PlainCommand | NotedCommand | ReasonedCommand | BlockCommand | PackCommand | ShipCommand;
