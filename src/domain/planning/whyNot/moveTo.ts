import type { Address } from '../../order/order.js';
import { distanceMetres } from '../distance.js';

// 2^-40 of the way around the earth is far less than a metre.
const HALVINGS = 40;

/** The point on the straight way from one place to another that is as far from the other as `km`, or nearer. */
export function moveTo(
  from: Partial<Address> | undefined,
  to: Partial<Address> | undefined,
  km: number,
): Partial<Address> {
  const start = { latitude: from?.latitude ?? 0, longitude: from?.longitude ?? 0 };
  const end = { latitude: to?.latitude ?? 0, longitude: to?.longitude ?? 0 };
  const along = (share: number) => ({
    latitude: start.latitude + (end.latitude - start.latitude) * share,
    longitude: start.longitude + (end.longitude - start.longitude) * share,
  });
  let [far, near] = [0, 1];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (far + near) / 2;
    if ((distanceMetres(along(middle), end) ?? 0) <= km * 1_000) near = middle;
    else far = middle;
  }
  return along(near);
}
