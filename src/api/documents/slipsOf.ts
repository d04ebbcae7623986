import type { Slip } from '../../documents/packingSlip.js';
import { presentOrder } from '../../domain/order/presentOrder.js';
import type { PackageRecord } from '../../domain/package/package.js';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../notFound.js';

/** Packages with what is printed beside them: orders as they are to be sent now, and their locations. */
export async function slipsOf(
  { records, configuration }: Pick<ApiDependencies, 'records' | 'configuration'>,
  packages: readonly PackageRecord[],
): Promise<Slip[]> {
  const locations = new Map((await configuration.locations.all()).map((location) => [location.code, location]));
  return Promise.all(
    packages.map(async (parcel) => {
      const found = await records.orders.find(parcel.order);
      if (!found) throw notFound('order', parcel.order);
      return { parcel, order: presentOrder(found), location: locations.get(parcel.location) ?? null };
    }),
  );
}
