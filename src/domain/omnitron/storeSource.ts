import type { JsonObject, OmnitronPlace } from './source.js';

/** A retail store, with what we read of it; the names are Omnitron's. */
export interface OmnitronStore {
  readonly pk: number;
  readonly erp_code: string;
  readonly name: string;
  readonly is_active: boolean;
  readonly sort_order?: number | null | undefined;
  readonly store_type_id?: number | null | undefined;
  readonly click_and_collect?: boolean | null | undefined;
  readonly fast_delivery?: boolean | null | undefined;
  readonly is_return_accepted?: boolean | null | undefined;
  /** Seven times opening and closing, Monday first; null where it is closed. */
  readonly store_hours?: readonly (readonly [open: string, close: string] | null)[] | null | undefined;
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
  readonly address?: string | undefined;
  readonly phone_number?: string | undefined;
  readonly config?: JsonObject | null | undefined;
  readonly modified_date?: string | null | undefined;
  readonly city?: OmnitronPlace | null | undefined;
  readonly township?: OmnitronPlace | null | undefined;
  readonly district?: OmnitronPlace | null | undefined;
  readonly township_id?: number | null | undefined;
  readonly district_id?: number | null | undefined;
  readonly channels?: readonly number[] | null | undefined;
}
