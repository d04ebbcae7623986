import type { Address, Attributes, Customer, Delivery, Order, OrderLine } from '../order/order.js';
import { ADDRESS_FIELDS } from './addressFields.js';
import { readFields, type FieldTable, type OmnitronContext } from './context.js';
import { DELIVERY_FIELDS, readRange } from './deliveryFields.js';
import { LINE_FIELDS, scalars, type PlacedItem } from './lineFields.js';
import type { OmnitronOrder } from './source.js';

const CUSTOMER_FIELDS: FieldTable<OmnitronOrder, Customer> = {
  type: {
    from: ['billing_address/company_name', 'billing_address/tax_no', 'billing_address/e_bill_taxpayer'],
    how: '`corporate` with a company that has a tax number or gets electronic invoices, else `individual`',
    read: ({ billing_address: billing }) => {
      const isCompany = billing?.company_name !== undefined;
      return isCompany && (billing?.tax_no !== undefined || billing?.e_bill_taxpayer === true)
        ? 'corporate'
        : 'individual';
    },
  },
  firstName: {
    from: ['customer/first_name', 'shipping_address/first_name'],
    how: 'the first that is there',
    read: ({ customer, shipping_address: to }) => customer.first_name ?? to.first_name ?? '',
  },
  lastName: {
    from: ['customer/last_name', 'shipping_address/last_name'],
    how: 'the first that is there',
    read: ({ customer, shipping_address: to }) => customer.last_name ?? to.last_name ?? '',
  },
  email: {
    from: ['customer/email', 'shipping_address/email'],
    how: 'the first that is there',
    read: ({ customer, shipping_address: to }) => customer.email ?? to.email,
  },
  phone: {
    from: ['customer/phone_number', 'shipping_address/phone_number'],
    how: 'the first that is there',
    read: ({ customer, shipping_address: to }) => customer.phone_number ?? to.phone_number,
  },
};

/** The parts of an order that have a table of their own, with the place in the vendor's order that theirs begins at. */
export const PARTS = {
  customer: { table: CUSTOMER_FIELDS, at: '' },
  shippingAddress: { table: ADDRESS_FIELDS, at: 'shipping_address/' },
  billingAddress: { table: ADDRESS_FIELDS, at: 'billing_address/' },
  delivery: { table: DELIVERY_FIELDS, at: '' },
  'lines[]': { table: LINE_FIELDS, at: 'orderitem_set/{n}/' },
} as const;

export const ORDER_FIELDS: FieldTable<OmnitronOrder, Order> = {
  number: { from: ['number'], how: 'as is', read: ({ number }) => number },
  channel: {
    from: ['channel'],
    how: 'the name that the connection has for the id, else the name in the order',
    read: ({ channel: { pk, name } }, { rules, refuse }) => {
      const known = pk !== null && Object.hasOwn(rules.channels, pk) ? rules.channels[pk] : name;
      if (known === undefined) refuse('/channel', 'has no name: name the id in the channels of the connection');
      return known;
    },
  },
  placedAt: {
    from: ['date_placed'],
    how: 'in milliseconds',
    read: ({ date_placed: at }) => new Date(at).toISOString(),
  },
  currency: { from: ['currency'], how: 'upper case', read: ({ currency }) => currency.toUpperCase() },
  customer: {
    from: ['customer'],
    how: 'see below',
    read: (order, context) => readFields(CUSTOMER_FIELDS, order, context) as Customer,
  },
  shippingAddress: {
    from: ['shipping_address'],
    how: 'see below',
    read: (order, context) => readFields(ADDRESS_FIELDS, order.shipping_address, context) as Address,
  },
  billingAddress: {
    from: ['billing_address'],
    how: 'see below',
    read: ({ billing_address: billing }, context) =>
      billing ? (readFields(ADDRESS_FIELDS, billing, context) as Address) : undefined,
  },
  shippingOption: {
    from: ['shipping_option_slug', 'cargo_company/erp_code'],
    how: 'the first that is there, else `standard`',
    read: ({ shipping_option_slug: slug, cargo_company: cargo }) => slug ?? cargo?.erp_code ?? 'standard',
  },
  paymentType: {
    from: ['payment_option_slug', 'payment_option/payment_type'],
    how: 'the first that is there in lower case, else `unknown`',
    read: ({ payment_option_slug: slug, payment_option: option }) =>
      (slug ?? option?.payment_type)?.toLowerCase() ?? 'unknown',
  },
  delivery: {
    from: ['delivery_type'],
    how: 'see below',
    read: (order, context) => readFields(DELIVERY_FIELDS, order, context) as Delivery,
  },
  priority: { from: [], how: '3: Omnitron has none', read: () => 3 },
  tags: { from: ['has_gift_box'], how: '`gift`', read: ({ has_gift_box: gift }) => (gift === true ? ['gift'] : []) },
  attributes: {
    from: ['extra_field'],
    how: '`omnitronId`, `omnitronChannel`, `omnitronUserType`, `omnitronCargoCompany`, `omnitronLanguage`, `omnitronDeliveryType`, `omnitronAmount`, `omnitronShippingAmount`, `omnitronGiftNote`, `omnitronDeliveryRange` (only what is no range of the form we know), and `extra_field.<name>`; never the address of the computer, the card or the identity number',
    read: orderAttributes,
  },
  lines: {
    from: ['orderitem_set'],
    how: 'see below; in the order of their `pk`',
    read: (order, context) =>
      linesOf(order, context).map((placed) => readFields(LINE_FIELDS, placed, context)) as OrderLine[],
  },
  notes: {
    from: ['notes', 'shipping_address/notes'],
    how: 'one below the other',
    read: ({ notes, shipping_address: { notes: ofAddress } }) =>
      [notes, ofAddress].filter((note) => note !== undefined).join('\n') || undefined,
  },
};

/** Fields that exist only in the brand's own orders are told under names of their own. */
function orderAttributes(order: OmnitronOrder, { timeZone }: OmnitronContext): Attributes {
  const { delivery_range: range, extra_field: extra } = order;
  const isOtherForm = range != null && range !== '' && !readRange(range, timeZone);
  return {
    ...scalars(extra, 'extra_field.'),
    ...scalars({
      omnitronId: order.pk,
      omnitronChannel: order.channel.pk,
      omnitronUserType: order.customer.user_type ?? null,
      omnitronCargoCompany: order.cargo_company?.erp_code ?? null,
      omnitronLanguage: order.language_code ?? null,
      omnitronDeliveryType: order.delivery_type ?? null,
      omnitronAmount: order.amount,
      omnitronShippingAmount: order.shipping_amount ?? null,
      omnitronGiftNote: order.gift_box_note ?? null,
      ...(isOtherForm && { omnitronDeliveryRange: range }),
    }),
  };
}

/** The items that become lines. A bundle's own item does not where the brand ships only what is in it. */
export function linesOf(order: OmnitronOrder, { rules }: OmnitronContext): PlacedItem[] {
  const items = order.orderitem_set;
  const isOnlyABundle = (pk: number) => rules.bundleParent === 'skip' && items.some(({ parent }) => parent === pk);
  return items
    .map((item, index) => ({ item, index, order }))
    .filter(({ item }) => !isOnlyABundle(item.pk))
    .sort((a, b) => a.item.pk - b.item.pk);
}
