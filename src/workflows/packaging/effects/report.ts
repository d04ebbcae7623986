import { orderWorkflowId, packageReportSignal, type PackageReport } from '../../messages.js';
import { tell } from '../../tell.js';
import type { PackageProcess } from '../process.js';

/** Tells the order. The order is always there: it waits for its packages. */
export async function report(
  parcel: PackageProcess,
  news: Omit<PackageReport, 'package' | 'state' | 'excludeLocation'> & { readonly excludeLocation?: string },
): Promise<void> {
  const { number, order, state } = parcel.record;
  await tell(orderWorkflowId(order), packageReportSignal, { package: number, state, excludeLocation: null, ...news });
}
