import type { OrderLine, Units } from '../../domain/order/order.js';
import { minus } from '../../domain/order/units.js';
import { unitsByLine } from '../../domain/package/items.js';
import type { PackageReport } from '../messages.js';
import type { OpenPackage } from './memory.js';
import type { OrderProcess } from './process.js';

/** A package tells what it has come to. The main body of the order acts on it when its turn comes. */
export function hear(order: OrderProcess, report: PackageReport): void {
  const parcel = order.openPackage(report.package);
  if (!parcel) return;
  switch (report.kind) {
    case 'reschedule':
      return order.retryParked(report.package);
    case 'planned_manually':
      if (report.manual) order.memory.manualWishes.push({ package: report.package, ...report.manual });
      return;
    case 'cancellation_open':
      order.answers.set(report.package, 'open');
      return;
    case 'unsupplied':
      if (!report.unsupplied) return;
      exclude(order, report, unitsByLine(report.unsupplied.items));
      order.memory.supplyWishes.push({ package: report.package, ...report.unsupplied });
      return;
    case 'supply_taken':
      order.answers.set(report.package, 'taken');
      return;
    case 'supply_refused':
    case 'cancellation_refused':
      order.answers.set(report.package, 'refused');
      return;
    case 'standing':
      order.standings.set(report.package, report.standing ?? null);
      return;
    case 'obeyed':
      order.obeyed.add(report.package);
      return;
    case 'returned':
      return takeBack(order, parcel, report);
  }
}

function takeBack(order: OrderProcess, parcel: OpenPackage, { staying = [], ...report }: PackageReport): void {
  const units = minus(unitsByLine(parcel.items), unitsByLine(staying));
  exclude(order, report, units);
  if (staying.length > 0) parcel.items = staying;
  order.demands.add({ units, replaces: report.package, isRetry: false, goesOn: staying.length > 0 });
}

/** A location does not get lines again in this order: those of the SKUs that it lacks, or all that it gave back. */
function exclude(
  order: OrderProcess,
  { excludeLocation, missingSkus }: Pick<PackageReport, 'excludeLocation' | 'missingSkus'>,
  units: Units,
): void {
  if (excludeLocation === null) return;
  const isExcluded = ({ id, sku }: OrderLine) => (missingSkus ? missingSkus.includes(sku) : id in units);
  for (const { id } of order.order.lines.filter(isExcluded))
    order.memory.exclusions.push({ location: excludeLocation, line: id });
}
