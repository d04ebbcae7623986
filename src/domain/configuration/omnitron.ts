import type { OmnitronOrderRules } from '../omnitron/context.js';

/** How the brand and its Omnitron work together. There is one, as one deployment serves one brand. */
export interface OmnitronConnection {
  /** Where Omnitron answers, without `api/`. Absent: Omnitron calls us, and we call nobody. */
  readonly url?: string;
  readonly auth?: OmnitronAuth;
  readonly timeoutMs: number;
  readonly orders: OmnitronOrderRules;
  readonly stores: OmnitronStoreRules;
  /** Carrier code -> Omnitron's code of the shipping company; a carrier that is not here is reported by its own code. */
  readonly shippingCompanies: Readonly<Record<string, string>>;
  /** Whether we fetch orders and cancellation requests, and how often. */
  readonly pull: { readonly enabled: boolean; readonly everySeconds: number };
  /** Whether we report how orders get on. */
  readonly synchronise: boolean;
}

/** An Omnitron user. The password is write-only in the API. */
export interface OmnitronAuth {
  readonly username: string;
  readonly password: string;
}

/** What Omnitron does not tell of a store that becomes a location. */
export interface OmnitronStoreRules {
  /** Code of the stock engine of new locations; absent: the only one that there is. */
  readonly stockEngine?: string;
  /** ISO 3166-1 alpha-2; Omnitron's stores name a township and no country. */
  readonly country: string;
  /** Omnitron's `store_type_id` -> our type; a type that is not here is a store. */
  readonly types: Readonly<Record<string, 'store' | 'warehouse'>>;
}

/** The key of the one connection. */
export const OMNITRON = 'omnitron';
