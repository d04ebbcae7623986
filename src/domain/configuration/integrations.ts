import type { ShipmentStatus } from '../shipment/shipment.js';
import type { Instant } from '../order/order.js';

/** How we prove ourselves to an outside service. Secrets are write-only in the API. */
export type EngineAuth =
  | { readonly type: 'anonymous' }
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'token'; readonly loginUrl: string; readonly username: string; readonly password: string }
  | { readonly type: 'bearer'; readonly token: string };

/** A brand's stock service, asked for every SKU of an order. */
export interface StockEngine {
  readonly code: string;
  readonly url: string;
  readonly auth: EngineAuth;
  /** `multiple`: one request for many SKUs; `single`: one for each. */
  readonly mode: 'multiple' | 'single';
  readonly skuParam: string;
  readonly timeoutMs: number;
  readonly maxSkusPerRequest: number;
  /** Of all workers together. */
  readonly requestsPerSecond?: number;
  /** Under way at once, of all workers together. */
  readonly maxConcurrentRequests?: number;
  /** `whsec_...`; signs what the service pushes to us. */
  readonly pushSecret?: string;
}

/** Stock of one SKU at one location as the stock service answered it. */
export interface StockRow {
  readonly location: string;
  readonly sku: string;
  readonly quantity: number;
}

/** A carrier that takes parcels. `manual` ones have no interface: people type the tracking number. */
export interface Carrier {
  readonly code: string;
  readonly name: string;
  readonly adapter: 'shipment-flow' | 'manual';
  /** Base URL of the carrier's interface; required for `shipment-flow`. */
  readonly url?: string;
  readonly auth: EngineAuth;
  /** Shipping options it serves; empty means all. */
  readonly shippingOptions: readonly string[];
  /** What its codes mean, before and beside what we know; by raw code. */
  readonly statuses?: Readonly<Record<string, ShipmentStatus>>;
  /** It signs its pushes with it; absent in what was written before there was any. */
  readonly pushSecret?: string;
  /** Payment types of orders whose money its couriers collect; absent in what was written before there was any. */
  readonly collects?: readonly string[];
  readonly active: boolean;
  readonly priority: number;
}

export interface DenialReason {
  readonly code: string;
  readonly title: string;
  readonly remoteId?: string;
  readonly priority: number;
  readonly active: boolean;
  /** `discrepancy`: the location is also not asked again for these SKUs for a while. */
  readonly stockEffect: 'none' | 'discrepancy';
}

export interface CancellationReason {
  readonly code: string;
  readonly title: string;
  readonly remoteId?: string;
  readonly priority: number;
  readonly active: boolean;
}

export type RetryStrategy = 'standard' | 'fixed' | 'linear' | 'exponential' | 'random';

export interface RetryPolicy {
  readonly strategy: RetryStrategy;
  readonly delaySeconds?: number;
  readonly maxDelaySeconds?: number;
  readonly maxAttempts?: number;
}

/** An endpoint, and how it has been doing. */
export interface ListeningEndpoint extends WebhookEndpoint {
  /** Since when every attempt failed; null while the last one did not. */
  readonly failingSince: Instant | null;
}

/** Where events are announced. The secrets are kept beside it and never shown again. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** `*` or event names. */
  readonly eventTypes: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly ordering: 'none' | 'per_subject';
  /** `akinon`: the envelope and keys of Akinon's OMS, for software that was built for it. */
  readonly payload: 'akinon' | 'oms';
  readonly retry: RetryPolicy;
  readonly enabled: boolean;
}
