import { z } from 'zod';

import type { OmnitronOrder } from '../../domain/omnitron/source.js';
import { omnitronStatus } from '../../domain/omnitron/statuses.js';
import { json, jsonObject, keys, optionalText, place, withKey } from './values.js';

/** A decimal, which samples show as text and the vendor's pages as number. */
const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'must be a decimal number such as 39.80'));

const required = z.int('must be a whole number');

/** A status by code or by name. */
const status = z.union([z.string(), z.int()]).transform((given, { issues }) => {
  const known = omnitronStatus(given);
  if (known !== null) return known;
  issues.push({ code: 'custom', input: given, message: `${given} is no status that we know` });
  return z.NEVER;
});

const address = z.object({
  first_name: optionalText,
  last_name: optionalText,
  email: optionalText,
  phone_number: optionalText,
  country: z.object({ ...keys, name: optionalText, code: z.string() }).transform(withKey),
  city: place.nullish(),
  township: place.nullish(),
  district: place.nullish(),
  line: z.string().trim().min(1, 'must not be empty'),
  postcode: optionalText,
  notes: optionalText,
  company_name: optionalText,
  tax_no: optionalText,
  e_bill_taxpayer: z.boolean().nullish(),
  address_type: optionalText,
  retail_store: z
    .object({ ...keys, erp_code: optionalText })
    .transform(withKey)
    .nullish(),
});

const item = z.object({
  pk: required,
  status,
  product: z.object({
    sku: z.string().trim().min(1, 'must not be empty'),
    name: optionalText,
    attributes: jsonObject,
  }),
  price: decimal,
  price_currency: optionalText,
  retail_price: decimal.nullish(),
  discount_amount: decimal.nullish(),
  tax_rate: decimal,
  parent: z.union([z.int(), z.object({ pk: z.int() }).transform(({ pk }) => pk)]).nullish(),
  attributes: jsonObject,
  attributes_kwargs: jsonObject,
  extra_field: jsonObject,
});

const channel = z.union([z.int().transform((pk) => ({ pk, name: undefined })), place]);

/** Omnitron's order in the detailed form. What we do not need may be anything. */
export const omnitronOrder = z.object({
  pk: required,
  number: z.string(),
  channel,
  status,
  date_placed: z.iso.datetime({ offset: true }),
  currency: z.string(),
  customer: z.object({
    email: optionalText,
    first_name: optionalText,
    last_name: optionalText,
    phone_number: optionalText,
    user_type: optionalText,
  }),
  shipping_address: address,
  billing_address: address.nullish(),
  amount: decimal,
  discount_amount: decimal.nullish(),
  shipping_amount: decimal.nullish(),
  shipping_option_slug: optionalText,
  cargo_company: z.union([z.int().transform(() => null), z.object({ erp_code: optionalText })]).nullish(),
  payment_option: z.union([z.int().transform(() => null), z.object({ payment_type: optionalText })]).nullish(),
  payment_option_slug: optionalText,
  delivery_type: optionalText,
  delivery_range: json.optional(),
  notes: optionalText,
  has_gift_box: z.boolean().nullish(),
  gift_box_note: optionalText,
  language_code: optionalText,
  extra_field: jsonObject,
  orderitem_set: z.array(item).min(1, 'has no items').max(500, 'has more than 500 items'),
}) satisfies z.ZodType<OmnitronOrder>;
