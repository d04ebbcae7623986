import type { Location } from '../configuration/location.js';
import type { Scenario, TransferScenario } from '../configuration/scenario.js';
import type { Address, Customer, Delivery, Instant, Minor, Order, OrderLine } from '../order/order.js';

export type { PlanResult } from './planResult.js';

/** A line to be planned. `unitPrice` is needed only where a rule sets `minPackageValue`. */
export type PlanLine = Pick<OrderLine, 'id' | 'sku' | 'quantity'> & Partial<Omit<OrderLine, 'id' | 'sku' | 'quantity'>>;

type Parts = 'lines' | 'customer' | 'shippingAddress' | 'billingAddress' | 'delivery';

/** An order to be planned, or what is left of one. Fields that no rule reads may be missing. */
export type PlanOrder = Partial<Omit<Order, Parts>> & {
  readonly customer?: Partial<Customer>;
  readonly shippingAddress?: Partial<Address>;
  readonly billingAddress?: Partial<Address>;
  readonly delivery?: Partial<Delivery>;
  readonly lines: readonly PlanLine[];
};

type Unneeded = 'name' | 'type' | 'stockEngine' | 'address';

/** A location as planning sees it; every `Location` is one. */
export type PlanLocation = Omit<Location, Unneeded> &
  Partial<Pick<Location, 'name' | 'type' | 'stockEngine'>> & { readonly address?: Partial<Address> };

/** Answer of the stock service, and what is promised already, in units. */
export interface PlanStock {
  readonly location: string;
  readonly sku: string;
  readonly quantity: number;
  readonly reserved: number;
}

export type VersionedScenario = Scenario & { readonly version: number };
export type VersionedTransferScenario = TransferScenario & { readonly version: number };

/**
 * Everything that one planning decision depends on: the same case gives the same plan, byte for byte, in
 * whatever order its lists are.
 */
export interface PlanInput {
  /** The moment of planning; needed only where a rule asks for opening hours or `load_age`. */
  readonly at?: Instant;
  readonly order: PlanOrder;
  readonly locations: readonly PlanLocation[];
  readonly stock: readonly PlanStock[];
  /** Packages that occupy a place of the quota, by location. */
  readonly openPackages: Readonly<Record<string, number>>;
  /** When a location was last given a package. */
  readonly lastWorkAt: Readonly<Record<string, Instant>>;
  /** The location said that it does not have the SKU. */
  readonly discrepancies: readonly { readonly location: string; readonly sku: string }[];
  /** The location refused the line. */
  readonly exclusions: readonly { readonly location: string; readonly line: string }[];
  readonly scenarios: readonly VersionedScenario[];
  readonly transferScenarios: readonly VersionedTransferScenario[];
}

/** A plan case with its moment, as live planning always has it. */
export interface PlanCase extends PlanInput {
  readonly at: Instant;
}

/** Price of one piece, when the order tells it. */
export const priceOf = ({ unitPrice }: PlanLine): Minor => unitPrice ?? 0;
