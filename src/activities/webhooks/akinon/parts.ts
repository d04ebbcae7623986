import { digest } from '../../../domain/digest.js';
import type { Location } from '../../../domain/configuration/location.js';
import type { Address } from '../../../domain/order/order.js';

/** Numeric ids are Akinon's own, so ours are made from the number; they are stable, and no call of ours takes them. */
export const idOf = (kind: string, number: string): number => Number.parseInt(digest(`${kind}/${number}`), 36);

/** The object that Akinon shows in place of a state. */
export function stateOf(enumClass: 'OrderStatus' | 'PackageStatus' | 'TransferStatus', name: string, value: string) {
  const words = name.replaceAll('_', ' ');
  return {
    id: idOf(enumClass, value),
    name: words.charAt(0).toUpperCase() + words.slice(1),
    enum_class: enumClass,
    enum_value: value,
    config: {},
  };
}

/** A location as it is now; of one that is gone, its code. */
export function locationOf(code: string, location: Location | null) {
  const id = idOf('location', code);
  if (!location) return { id, erp_code: code };
  const { name, type, active, priority, maxQuota, address, roles, tags, omnitronId, contact } = location;
  return {
    id,
    erp_code: code,
    omnitron_id: omnitronId === undefined ? null : Number(omnitronId) || omnitronId,
    name,
    stock_location_type: type,
    is_fulfillment_center: roles.includes('packs'),
    is_pickup_location: roles.includes('transferHub'),
    is_delivery_location: roles.includes('pickupPoint'),
    is_return_available: roles.includes('acceptsReturns'),
    is_fast_delivery_available: roles.includes('fastDelivery'),
    is_active: active,
    priority,
    max_quota: maxQuota ?? null,
    tags: tags.map((tag) => ({ name: tag })),
    address: addressOf(address),
    daytime_phone: contact?.phone ?? null,
    email: contact?.email ?? null,
  };
}

/** Akinon's levels are country, city, township, district. */
export function addressOf({ country, state, district, neighbourhood, line, postcode, latitude, longitude }: Address) {
  const named = (name?: string) => (name === undefined ? null : { name });
  return {
    country: { name: country, code: country.toLowerCase() },
    city: named(state),
    township: named(district),
    district: named(neighbourhood),
    line: line ?? null,
    postcode: postcode ?? null,
    latitude: latitude === undefined ? null : String(latitude),
    longitude: longitude === undefined ? null : String(longitude),
  };
}
