import type { Instant } from '../order/order.js';
import type { OmnitronStatus } from './statuses.js';

/** A decimal number as text, such as `39.80`. */
export type Decimal = string;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** A row of Omnitron's geography. */
export interface OmnitronPlace {
  readonly pk: number | null;
  readonly name?: string | undefined;
}

export interface OmnitronStoreOfAddress {
  readonly pk: number | null;
  readonly erp_code?: string | undefined;
}

export interface OmnitronAddress {
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone_number?: string | undefined;
  readonly country: OmnitronPlace & { readonly code: string };
  readonly city?: OmnitronPlace | null | undefined;
  readonly township?: OmnitronPlace | null | undefined;
  readonly district?: OmnitronPlace | null | undefined;
  readonly line: string;
  readonly postcode?: string | undefined;
  readonly notes?: string | undefined;
  readonly company_name?: string | undefined;
  readonly tax_no?: string | undefined;
  readonly e_bill_taxpayer?: boolean | null | undefined;
  readonly address_type?: string | undefined;
  readonly retail_store?: OmnitronStoreOfAddress | null | undefined;
}

/** One unit of a product, or several that were merged: then their number lies in `attributes`. */
export interface OmnitronItem {
  readonly pk: number;
  readonly status: OmnitronStatus;
  readonly product: {
    readonly sku: string;
    readonly name?: string | undefined;
    readonly attributes?: JsonObject | null | undefined;
  };
  readonly price: Decimal;
  readonly price_currency?: string | undefined;
  readonly retail_price?: Decimal | null | undefined;
  readonly discount_amount?: Decimal | null | undefined;
  readonly tax_rate: Decimal;
  readonly parent?: number | null | undefined;
  readonly attributes?: JsonObject | null | undefined;
  readonly attributes_kwargs?: JsonObject | null | undefined;
  readonly extra_field?: JsonObject | null | undefined;
}

/** An order in the detailed form, with what we read of it; the names are Omnitron's. */
export interface OmnitronOrder {
  readonly pk: number;
  readonly number: string;
  readonly channel: { readonly pk: number | null; readonly name?: string | undefined };
  readonly status: OmnitronStatus;
  readonly date_placed: Instant;
  readonly currency: string;
  readonly customer: {
    readonly email?: string | undefined;
    readonly first_name?: string | undefined;
    readonly last_name?: string | undefined;
    readonly phone_number?: string | undefined;
    readonly user_type?: string | undefined;
  };
  readonly shipping_address: OmnitronAddress;
  readonly billing_address?: OmnitronAddress | null | undefined;
  readonly amount: Decimal;
  readonly discount_amount?: Decimal | null | undefined;
  readonly shipping_amount?: Decimal | null | undefined;
  readonly shipping_option_slug?: string | undefined;
  readonly cargo_company?: { readonly erp_code?: string | undefined } | null | undefined;
  readonly payment_option?: { readonly payment_type?: string | undefined } | null | undefined;
  readonly payment_option_slug?: string | undefined;
  readonly delivery_type?: string | undefined;
  readonly delivery_range?: Json | undefined;
  readonly notes?: string | undefined;
  readonly has_gift_box?: boolean | null | undefined;
  readonly gift_box_note?: string | undefined;
  readonly language_code?: string | undefined;
  readonly extra_field?: JsonObject | null | undefined;
  readonly orderitem_set: readonly OmnitronItem[];
}
