import type { PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { TransferState } from '../../../src/domain/lifecycle/transferLifecycle.js';

/** Units by key: a line, an item, or `location|sku`. What is absent has none. */
export type Units = Readonly<Record<string, number>>;

export interface ModelItem {
  readonly id: string;
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
  /** Units of `quantity` that transfers are to bring. */
  readonly awaited: number;
  /** Units of `quantity` that came back from the customer. */
  readonly returned: number;
}

/** What the model knows of a package. */
export interface ModelParcel {
  readonly number: string;
  readonly location: string;
  readonly state: PackageState;
  /** Where `unblock` leads back to. */
  readonly before: PackageState | null;
  /** Blocked with its order, and not by a store. */
  readonly isHeld: boolean;
  readonly items: readonly ModelItem[];
  /** Its goods are held in the books of its location. */
  readonly isReserved: boolean;
  readonly hasShipment: boolean;
  /** The carrier was asked for a label, so it has to be asked before the package is cancelled. */
  readonly isAtCarrier: boolean;
  /** It ended because its units went to other packages. */
  readonly isReplaced: boolean;
}

export interface ModelTransferItem {
  readonly id: string;
  readonly packageItem: string;
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
  readonly received: number | null;
  readonly unwanted: number;
}

export interface ModelTransfer {
  readonly number: string;
  readonly parcel: string;
  readonly source: string;
  readonly state: TransferState;
  readonly items: readonly ModelTransferItem[];
}

/** What the system has to do by itself before the order is at rest again. */
export type Task =
  /** All units of the package get another place, and it ends. */
  | { readonly kind: 'replan'; readonly parcel: string }
  /** The parked package is planned again, maybe in vain. */
  | { readonly kind: 'retry'; readonly parcel: string }
  /** Other sources are looked for, for these units by item. */
  | { readonly kind: 'supply'; readonly parcel: string; readonly units: Units }
  /** A person has chosen the places. */
  | { readonly kind: 'by_hand'; readonly parcel: string; readonly packages: readonly ChosenPackage[] }
  /** So many units of each line are cancelled, from wherever they can be taken. */
  | { readonly kind: 'withdraw'; readonly units: Units };

/** A package that a person has composed. */
export interface ChosenPackage {
  readonly location: string;
  readonly items: readonly ModelItem[];
}

/** What the model knows of an order: where each of its units is, and what is still to happen by itself. */
export interface ModelOrder {
  readonly number: string;
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly quantity: number }[];
  readonly isHeld: boolean;
  readonly priority: number;
  readonly end: 'completed' | 'cancelled' | null;
  /** Units by line that were cancelled outside of any package. */
  readonly cancelled: Units;
  /** Units by line that are in no package and need one. */
  readonly loose: Units;
  readonly parcels: readonly ModelParcel[];
  readonly transfers: readonly ModelTransfer[];
  /** `location|line` that the order must not plan again. */
  readonly excluded: ReadonlySet<string>;
  readonly tasks: readonly Task[];
  /** Decisions of the system that the model knows of. */
  readonly decisions: number;
}

/** What the model makes of a command: refused with one of these codes, or the order after it. */
export type Outcome =
  | { readonly isAccepted: false; readonly codes: readonly string[] }
  | {
      readonly isAccepted: true;
      readonly order: ModelOrder;
      /** What the system must answer. */
      readonly states: readonly string[];
    };

export const refused = (...codes: readonly string[]): Outcome => ({ isAccepted: false, codes });
export const accepted = (order: ModelOrder, ...states: readonly string[]): Outcome => ({
  isAccepted: true,
  order,
  states,
});
