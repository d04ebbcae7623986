import type { OrderRecord } from '../../domain/order/order.js';
import type { PackageRecord } from '../../domain/package/package.js';
import { toOrderView, type OrderView } from '../../schemas/orderView.js';
import type { RecordStore } from '../../store/store.js';

/** The order as it is now, with its packages and transfers. */
export async function viewOrder(
  records: Pick<RecordStore, 'packages' | 'transfers'>,
  record: OrderRecord,
  known?: readonly PackageRecord[],
): Promise<OrderView> {
  const packages = known ?? (await records.packages.ofOrder(record.order.number));
  return toOrderView(record, packages, await records.transfers.ofPackages(packages));
}
