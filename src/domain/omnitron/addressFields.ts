import type { Location } from '../configuration/location.js';
import type { Address } from '../order/order.js';
import type { FieldTable, OmnitronContext } from './context.js';
import type { OmnitronAddress, OmnitronPlace } from './source.js';

const nameOf = (place: OmnitronPlace | null | undefined): string | undefined => place?.name;

const coordinateOf =
  (which: 'latitude' | 'longitude') =>
  (address: OmnitronAddress, context: OmnitronContext): number | undefined =>
    storeOf(address, context)?.address[which];

/** The location that an address stands for, by Omnitron's id or, before the stores were imported, by its ERP code. */
export function storeOf(
  { address_type, retail_store: store }: OmnitronAddress,
  { locations }: OmnitronContext,
): Pick<Location, 'code' | 'roles' | 'address'> | undefined {
  if (address_type !== 'retail_store' || !store) return undefined;
  const byId = locations.find(({ omnitronId }) => omnitronId !== undefined && omnitronId === String(store.pk));
  return byId ?? locations.find(({ code, omnitronId }) => omnitronId === undefined && code === store.erp_code);
}

/** An address of ours from one of Omnitron's. */
export const ADDRESS_FIELDS: FieldTable<OmnitronAddress, Address> = {
  country: { from: ['country/code'], how: 'upper case', read: ({ country }) => country.code.toUpperCase() },
  state: { from: ['city/name'], how: 'as is', read: ({ city }) => nameOf(city) },
  district: { from: ['township/name'], how: 'as is', read: ({ township }) => nameOf(township) },
  neighbourhood: { from: ['district/name'], how: 'as is', read: ({ district }) => nameOf(district) },
  line: { from: ['line'], how: 'as is', read: ({ line }) => line },
  postcode: { from: ['postcode'], how: 'as is', read: ({ postcode }) => postcode },
  latitude: { from: ['retail_store'], how: 'of the store, where it is one', read: coordinateOf('latitude') },
  longitude: { from: ['retail_store'], how: 'of the store, where it is one', read: coordinateOf('longitude') },
};
