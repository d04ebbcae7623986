import type { Address, Attributes } from '../order/order.js';

export const LOCATION_ROLES = [
  'packs',
  'pickupPoint',
  'transferSource',
  'transferHub',
  'acceptsReturns',
  'fastDelivery',
] as const;
export type LocationRole = (typeof LOCATION_ROLES)[number];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Opening and closing time, local, as `HH:MM`. */
export type Hours = readonly [open: string, close: string];

export interface Calendar {
  /** IANA time zone. */
  readonly timeZone: string;
  readonly weekly: Readonly<Partial<Record<Weekday, readonly Hours[]>>>;
  /** Days (`YYYY-MM-DD`) whose hours replace the weekly ones; none means closed. */
  readonly exceptions?: readonly { readonly date: string; readonly hours: readonly Hours[] }[];
  /** Local `HH:MM` after which no package is begun on that day. */
  readonly cutOff?: string;
}

/** A store or a warehouse. `code` is the ERP code and the business key. */
export interface Location {
  readonly code: string;
  readonly name: string;
  readonly type: 'store' | 'warehouse';
  readonly roles: readonly LocationRole[];
  readonly active: boolean;
  /** The smaller number comes first. */
  readonly priority: number;
  /** Packages that may be open at once for rules with `requireQuota`; absent means none for them. */
  readonly maxQuota?: number;
  /** Units that are never promised: per SKU, else the default. */
  readonly safetyStock: { readonly default: number; readonly skus: Readonly<Record<string, number>> };
  /** Code of the stock engine that knows this location's stock. */
  readonly stockEngine: string;
  readonly address: Address;
  readonly calendar?: Calendar;
  readonly targetPackagingMinutes?: number;
  /** Local `HH:MM` at which packages leave. */
  readonly targetExitTime?: string;
  readonly tags: readonly string[];
  readonly contact?: { readonly name?: string; readonly email?: string; readonly phone?: string };
  /** Carrier code -> the carrier's id of this location as sender. */
  readonly senderAddresses: Readonly<Record<string, string>>;
  readonly omnitronId?: string;
  readonly attributes: Attributes;
}
