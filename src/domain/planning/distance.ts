import type { Address } from '../order/order.js';

// Mean radius of the earth (IUGG).
const RADIUS_METRES = 6_371_008.8;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance by the haversine formula, in whole metres; null where a coordinate is missing. */
export function distanceMetres(from: Partial<Address> | undefined, to: Partial<Address> | undefined): number | null {
  if (from?.latitude === undefined || from.longitude === undefined) return null;
  if (to?.latitude === undefined || to.longitude === undefined) return null;
  const halfLatitude = Math.sin(radians(to.latitude - from.latitude) / 2);
  const halfLongitude = Math.sin(radians(to.longitude - from.longitude) / 2);
  const haversine =
    halfLatitude ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * halfLongitude ** 2;
  return Math.round(2 * RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(haversine))));
}

/** Kilometres as people write them in metres. The product alone falls short of whole metres: 2.01 km is 2,010 m. */
export const metresOf = (kilometres: number): number => Math.round(kilometres * 1_000_000_000) / 1_000_000;
