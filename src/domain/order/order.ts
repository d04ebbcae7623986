/** ISO 8601 instant in UTC with `Z`. */
export type Instant = string;

/** Whole minor units of the order's currency (cents, kuruş). */
export type Minor = number;

/** Free values that rules may read; scalars only, so that they stay comparable and small. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

export interface Address {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly state?: string;
  readonly district?: string;
  readonly neighbourhood?: string;
  readonly line?: string;
  readonly postcode?: string;
  /** Degrees; given together with `longitude` or not at all. */
  readonly latitude?: number;
  readonly longitude?: number;
}

export interface Customer {
  readonly type: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface Delivery {
  readonly type: 'home' | 'click_and_collect' | 'same_day';
  /** Code of the location where the customer collects. */
  readonly pickupLocation?: string;
  readonly range?: { readonly from: Instant; readonly to: Instant };
}

export interface OrderLine {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly barcode?: string;
  /** Whole pieces, at least 1. */
  readonly quantity: number;
  readonly unitPrice: Minor;
  readonly discount: Minor;
  /** Percent. */
  readonly taxRate: number;
  /** Kilograms; decimal. */
  readonly unitWeight?: number;
  readonly attributes: Attributes;
  /** Lines of one group go into one package or stay unplaced. */
  readonly keepTogetherGroup?: string;
}

/** An order as the sales channel placed it: accepted once and never changed by us, only carried out. */
export interface Order {
  readonly number: string;
  readonly channel: string;
  readonly placedAt: Instant;
  /** ISO 4217. */
  readonly currency: string;
  readonly customer: Customer;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address;
  readonly shippingOption: string;
  readonly paymentType: string;
  readonly delivery: Delivery;
  /** 1 (first) to 5. */
  readonly priority: number;
  readonly tags: readonly string[];
  readonly attributes: Attributes;
  readonly lines: readonly OrderLine[];
  readonly notes?: string;
}

/** Units per line id; a line that is absent has none. */
export type Units = Readonly<Record<string, number>>;

export const ORDER_STATES = ['received', 'planning', 'in_progress', 'parked', 'completed', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The codes sort like the order's progress and leave room for states between them. */
export const ORDER_STATE_CODES: Readonly<Record<OrderState, number>> = {
  received: 100,
  planning: 200,
  in_progress: 300,
  parked: 400,
  completed: 700,
  cancelled: 1000,
};

export const WAITING_REASONS = ['stock_unavailable', 'no_scenario', 'contention', 'person'] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** Why an order does not move at this moment, in words for people. */
export interface Waiting {
  readonly reason: WaitingReason;
  readonly detail: string;
  readonly since: Instant;
  /** Absent when only a person or an outside event can move it. */
  readonly nextAttemptAt?: Instant;
}

/** What was changed since the order was accepted; the order itself stays as it was. */
export type OrderChanges = Partial<Pick<Order, 'shippingAddress' | 'priority'>>;

/** A person has stopped the order: nothing of it is planned, and nothing is packed. */
export interface Hold {
  readonly reason: string;
  readonly since: Instant;
}

/** What `orderWorkflow` owns, and what the read model stores of an order. */
export interface OrderRecord {
  /** As it was accepted. */
  readonly order: Order;
  readonly changes: OrderChanges;
  readonly hold: Hold | null;
  readonly state: OrderState;
  readonly waiting: Waiting | null;
  /** Units cancelled outside of any package, by line. */
  readonly cancelledUnits: Units;
  readonly cancellation: { readonly reason: string | null; readonly note: string | null } | null;
  /** The scenario version of the latest decision. */
  readonly scenario: { readonly name: string; readonly version: number } | null;
  /** Planning decisions taken so far; decision `n` explains the n-th. */
  readonly decisions: number;
  /** Package numbers given out so far; they count up and are never reused. */
  readonly packageCount: number;
  readonly version: number;
  /** Events recorded so far for the subject `order/<number>`. */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** The record of an order that has just come in: stored, and its workflow about to begin. */
export function receivedOrder(order: Order, at: Instant): OrderRecord {
  return {
    order,
    changes: {},
    hold: null,
    state: 'received',
    waiting: null,
    cancelledUnits: {},
    cancellation: null,
    scenario: null,
    decisions: 0,
    packageCount: 0,
    version: 0,
    sequence: 0,
    createdAt: at,
    updatedAt: at,
  };
}
