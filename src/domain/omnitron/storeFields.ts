import type { OmnitronStoreRules } from '../configuration/omnitron.js';
import { WEEKDAYS, type Calendar, type Location, type LocationRole } from '../configuration/location.js';
import type { Attributes } from '../order/order.js';
import { scalars } from './lineFields.js';
import type { OmnitronStore } from './storeSource.js';

/** What the mapping of a store needs to know beside the store. */
export interface StoreContext {
  readonly rules: OmnitronStoreRules;
  /** IANA time zone of the opening hours. */
  readonly timeZone: string;
}

/** One field that comes from Omnitron: read there, found in a location of ours, and put into it. */
export interface StoreField<Value = unknown> {
  readonly from: readonly string[];
  readonly how: string;
  /** Undefined where the store does not tell: then the location keeps what it has. */
  readonly read: (store: OmnitronStore, context: StoreContext) => Value | undefined;
  readonly of: (location: Location) => Value | undefined;
  readonly put: (location: Location, value: Value, context: StoreContext) => Location;
}

const field = <Value>(row: StoreField<Value>): StoreField => row as unknown as StoreField;

const ATTRIBUTE = 'omnitron_';

/** Whether a location has a role is a field of its own; its other roles are ours. */
const role = (name: LocationRole, from: string, read: (store: OmnitronStore) => boolean | null | undefined) =>
  field<boolean>({
    from: [from],
    how: `role \`${name}\``,
    read: (store) => read(store) ?? undefined,
    of: ({ roles }) => roles.includes(name),
    put: (location, has) => {
      const others = location.roles.filter((one) => one !== name);
      return { ...location, roles: has ? [...others, name] : others };
    },
  });

/** Every field of a location that Omnitron keeps up to date, by its name. What is not here is ours alone. */
export const STORE_FIELDS: Readonly<Record<string, StoreField>> = {
  name: field({
    from: ['name'],
    how: 'as is',
    read: ({ name }) => name,
    of: ({ name }) => name,
    put: (location, name) => ({ ...location, name }),
  }),
  type: field({
    from: ['store_type_id'],
    how: 'as the connection says, else `store`',
    read: ({ store_type_id: id }, { rules }) => (id == null ? 'store' : (rules.types[String(id)] ?? 'store')),
    of: ({ type }) => type,
    put: (location, type) => ({ ...location, type }),
  }),
  active: field({
    from: ['is_active'],
    how: 'as is',
    read: ({ is_active: isActive }) => isActive,
    of: ({ active }) => active,
    put: (location, active) => ({ ...location, active }),
  }),
  priority: field({
    from: ['sort_order'],
    how: 'as is, from 0',
    read: ({ sort_order: order }) => (order == null ? undefined : Math.max(0, order)),
    of: ({ priority }) => priority,
    put: (location, priority) => ({ ...location, priority }),
  }),
  pickupPoint: role('pickupPoint', 'click_and_collect', ({ click_and_collect: has }) => has),
  fastDelivery: role('fastDelivery', 'fast_delivery', ({ fast_delivery: has }) => has),
  acceptsReturns: role('acceptsReturns', 'is_return_accepted', ({ is_return_accepted: has }) => has),
  hours: field<Calendar['weekly']>({
    from: ['store_hours'],
    how: 'weekly hours, Monday first; exceptions and cut-off are ours',
    read: weeklyHours,
    of: ({ calendar }) => calendar?.weekly,
    put: (location, weekly, { timeZone }) => ({
      ...location,
      calendar: { timeZone, ...location.calendar, weekly },
    }),
  }),
  coordinates: field({
    from: ['latitude', 'longitude'],
    how: 'both or none',
    read: ({ latitude, longitude }) => (latitude == null || longitude == null ? undefined : { latitude, longitude }),
    of: ({ address: { latitude, longitude } }) =>
      latitude === undefined || longitude === undefined ? undefined : { latitude, longitude },
    put: (location, coordinates) => ({ ...location, address: { ...location.address, ...coordinates } }),
  }),
  line: field({
    from: ['address'],
    how: '`address.line`',
    read: ({ address }) => address,
    of: ({ address }) => address.line,
    put: (location, line) => ({ ...location, address: { ...location.address, line } }),
  }),
  state: place('state', 'city', ({ city }) => city?.name),
  district: place('district', 'township', ({ township }) => township?.name),
  neighbourhood: place('neighbourhood', 'district', ({ district }) => district?.name),
  phone: field({
    from: ['phone_number'],
    how: '`contact.phone`',
    read: ({ phone_number: phone }) => phone,
    of: ({ contact }) => contact?.phone,
    put: (location, phone) => ({ ...location, contact: { ...location.contact, phone } }),
  }),
  attributes: field<Attributes>({
    from: ['config'],
    how: `attributes whose names begin with \`${ATTRIBUTE}\``,
    read: ({ config }) => (config ? scalars(config, ATTRIBUTE) : undefined),
    of: ({ attributes }) => pick(attributes, (name) => name.startsWith(ATTRIBUTE)),
    put: (location, values) => ({
      ...location,
      attributes: { ...pick(location.attributes, (name) => !name.startsWith(ATTRIBUTE)), ...values },
    }),
  }),
};

function place(
  name: 'state' | 'district' | 'neighbourhood',
  from: string,
  read: (store: OmnitronStore) => string | undefined,
) {
  return field<string>({
    from: [`${from}/name`],
    how: `\`address.${name}\`; an id alone is looked up`,
    read,
    of: ({ address }) => address[name],
    put: (location, value) => ({ ...location, address: { ...location.address, [name]: value } }),
  });
}

const pick = (values: Attributes, isKept: (name: string) => boolean): Attributes =>
  Object.fromEntries(Object.entries(values).filter(([name]) => isKept(name)));

/** Undefined where the store has no hours at all: a location without a calendar never closes. */
function weeklyHours({ store_hours: hours }: OmnitronStore): Calendar['weekly'] | undefined {
  if (!hours || hours.every((day) => day === null)) return undefined;
  const days = WEEKDAYS.map((weekday, index) => [weekday, hours[index] ? [hours[index]] : []] as const);
  return Object.fromEntries(days);
}
