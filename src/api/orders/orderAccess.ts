import type { OrderRecord } from '../../domain/order/order.js';
import type { PackageRecord } from '../../domain/package/package.js';
import type { RecordStore } from '../../store/store.js';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../notFound.js';
import { maySee } from '../packages/packageAccess.js';

interface FoundOrder {
  readonly record: OrderRecord;
  readonly packages: readonly PackageRecord[];
}

/**
 * An order with its packages. A key that is limited to locations sees the orders that have a package there.
 *
 * @throws {OmsError} `resource.not_found`
 */
export async function findOrder(
  { orders, packages }: Pick<RecordStore, 'orders' | 'packages'>,
  number: string,
  caller: Caller,
): Promise<FoundOrder> {
  const [record, parcels] = await Promise.all([orders.find(number), packages.ofOrder(number)]);
  const isVisible = caller.locations === null || parcels.some((parcel) => maySee(caller, parcel));
  if (!record || !isVisible) throw notFound('order', number);
  return { record, packages: parcels };
}
