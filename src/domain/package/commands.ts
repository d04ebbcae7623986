import type { Parcel } from '../shipment/shipment.js';
import type { ItemUnits } from './items.js';
import type { GivenInvoice } from './package.js';

/** Commands that do nothing but move the package along its life cycle. */
interface PlainCommand {
  readonly command:
    | 'prepare'
    | 'ready'
    | 'deallocate'
    | 'unblock'
    | 'release'
    | 'reschedule'
    | 'update_label'
    | 'ready_for_pickup'
    | 'attempt_delivery'
    | 'deliver'
    | 'fail_delivery'
    | 'pack_for_refund'
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

export const MISSING_KINDS = ['not_found', 'wrong_product', 'damaged'] as const;

/** Units that the location does not have, although its stock said so. */
export interface MissingUnits extends ItemUnits {
  readonly kind: (typeof MISSING_KINDS)[number];
}

interface ReportMissingCommand {
  readonly command: 'report_missing';
  readonly items: readonly MissingUnits[];
  /** `package`: all of it goes back, also what is there. Default `items`. */
  readonly scope?: 'items' | 'package';
}

/** Another product in the place of an item; its price stays. */
export interface Replacement {
  /** Id of the item. */
  readonly item: string;
  readonly sku: string;
  readonly barcode?: string;
}

/** What picking brought, in one command. */
interface PrepareItemsCommand {
  readonly command: 'prepare_items';
  readonly missing?: readonly MissingUnits[];
  readonly replacements?: readonly Replacement[];
  readonly found?: readonly (ItemUnits & { readonly barcode?: string })[];
}

interface ReplaceProductCommand extends Replacement {
  readonly command: 'replace_product';
}

/** Units of a package that a person gives to one location. */
export interface ManualGroup {
  readonly location: string;
  readonly items: readonly ItemUnits[];
}

interface PlanManuallyCommand {
  readonly command: 'plan_manually';
  /** Together every unit of the package exactly once. */
  readonly groups: readonly ManualGroup[];
}

interface PackCommand {
  readonly command: 'pack';
  readonly parcels?: readonly Parcel[];
  /** Default true: a shipment is opened with the carrier that serves the shipping option. */
  readonly withShipment?: boolean;
  /** The invoice that the package goes with; none is asked for then. */
  readonly invoice?: GivenInvoice;
}

interface UpdateInvoiceCommand extends GivenInvoice {
  readonly command: 'update_invoice';
}

interface ShipCommand {
  readonly command: 'ship';
  readonly carrier?: string;
  readonly trackingNumber?: string;
  /** No carrier is called and nothing is tracked. */
  readonly withoutIntegration?: boolean;
}

interface UpdateShipmentCommand {
  readonly command: 'update_shipment';
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly queryNumber?: string;
}

interface HandOverCommand {
  readonly command: 'hand_over';
  /** When given, it must be the one that the customer was told. */
  readonly pickupCode?: string;
}

/** Units that came back. */
export interface ReturnUnits extends ItemUnits {
  readonly condition?: string;
  /** Default false. */
  readonly restock?: boolean;
}

interface ReturnCommand {
  readonly command: 'return';
  /** Default: all of them. */
  readonly items?: readonly ReturnUnits[];
}

/** What a store, its software or a person asks of a package. The HTTP body, as it is. */
export type PackageCommand =
  | PlainCommand
  | NotedCommand
  | ReasonedCommand
  | BlockCommand
  | ReportMissingCommand
  | PrepareItemsCommand
  | ReplaceProductCommand
  | PlanManuallyCommand
  | PackCommand
  | UpdateInvoiceCommand
  | ShipCommand
  | UpdateShipmentCommand
  | HandOverCommand
  | ReturnCommand;

/** The command of that name. */
export type CommandOf<Name extends PackageCommand['command'], Command = PackageCommand> = Command extends {
  readonly command: infer Names;
}
  ? Name extends Names
    ? Command
    : never
  : never;
