import { Temporal } from 'temporal-polyfill';

import type { Delivery } from '../order/order.js';
import { storeOf } from './addressFields.js';
import type { FieldTable, MappingContext } from './context.js';
import type { Json, OmnitronOrder } from './source.js';

/** How, when and where the customer gets the goods. */
export const DELIVERY_FIELDS: FieldTable<OmnitronOrder, Delivery> = {
  type: {
    from: ['shipping_address/address_type', 'delivery_type'],
    how: '`click_and_collect` to a store; `same_day` for the delivery types that the brand names; else `home`',
    read: ({ shipping_address: address, delivery_type: type = '' }, { rules }) => {
      if (address.address_type === 'retail_store') return 'click_and_collect';
      return rules.sameDayDeliveryTypes.includes(type) ? 'same_day' : 'home';
    },
  },
  pickupLocation: {
    from: ['shipping_address/retail_store'],
    how: 'the code of the location with this `omnitronId`; it must be one where customers collect',
    read: pickupLocation,
  },
  range: {
    from: ['delivery_range'],
    how: 'day and bounds in the time zone of the brand; another form stays an attribute',
    read: ({ delivery_range: range }, { timeZone }) => readRange(range, timeZone) ?? undefined,
  },
};

function pickupLocation(order: OmnitronOrder, context: MappingContext): string | undefined {
  if (order.shipping_address.address_type !== 'retail_store') return undefined;
  const store = storeOf(order.shipping_address, context);
  const refuse = (detail: string) => context.refuse('/shipping_address/retail_store', detail);
  if (!store) refuse('is no store that we know: import the retail stores');
  else if (!store.roles.includes('pickupPoint')) refuse(`is ${store.code}, where nobody can collect (pickupPoint)`);
  return store?.code;
}

/** Null for what is no range of the one form that we know. */
export function readRange(range: Json | undefined, timeZone: string): Delivery['range'] | null {
  if (typeof range !== 'object' || range === null || Array.isArray(range)) return null;
  const { date, lower_bound: from, upper_bound: to } = range as Readonly<Record<string, Json>>;
  const instants = [from, to].map((time) => instantOf(date, time, timeZone));
  const [lower, upper] = instants;
  return lower && upper && lower < upper ? { from: lower, to: upper } : null;
}

function instantOf(date: Json | undefined, time: Json | undefined, timeZone: string): string | null {
  if (typeof date !== 'string' || typeof time !== 'string') return null;
  try {
    const local = Temporal.PlainDate.from(date);
    const { epochMilliseconds } = local.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
    return new Date(epochMilliseconds).toISOString();
  } catch {
    return null;
  }
}
