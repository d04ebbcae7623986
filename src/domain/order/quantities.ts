import { unitsOut } from '../package/items.js';
import type { PackageRecord } from '../package/package.js';
import type { OrderLine, Units } from './order.js';

/** Where the units of one order line are. All are whole and none is negative. */
export interface LineQuantities {
  readonly ordered: number;
  /** Not planned yet, or given back by a package and being planned again. */
  readonly unplanned: number;
  readonly parked: number;
  readonly inPackages: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly cancelled: number;
  readonly refunded: number;
  /** Came back; counted within `shipped`. */
  readonly returned: number;
}

type Place = 'parked' | 'inPackages' | 'shipped' | 'delivered' | 'cancelled' | 'refunded' | 'returned' | 'unplanned';

/** What a package needs to tell where its units are. */
export type PackageUnits = Pick<PackageRecord, 'state' | 'items' | 'reason'>;

export interface CountedLine {
  readonly line: OrderLine;
  readonly quantities: LineQuantities;
}

/**
 * Where every unit of every line is, from the packages and the units cancelled outside of them. What no
 * package has and nobody cancelled is unplanned, so the sum is always what was ordered; `conserved` tells
 * whether that is the truth, because a unit in two packages shows as a negative rest.
 */
export function lineQuantities(
  lines: readonly OrderLine[],
  packages: readonly PackageUnits[],
  cancelledUnits: Units,
): CountedLine[] {
  const placed = new Map(lines.map((line) => [line.id, emptyCount()]));
  for (const parcel of packages) {
    const place = placeOf(parcel);
    for (const item of parcel.items) {
      const count = placed.get(item.lineId);
      if (!count) continue;
      // What came back stays counted as shipped, wherever the rest of the package is.
      const out = unitsOut(item);
      count[place] += out;
      count.returned += item.quantity - out;
    }
  }
  return lines.map((line) => ({
    line,
    quantities: total(line, placed.get(line.id) ?? emptyCount(), cancelledUnits[line.id] ?? 0),
  }));
}

/** Every unit is in exactly one place: the terms add up to what was ordered and none is negative. */
export function conserved(quantities: LineQuantities): boolean {
  const { ordered, unplanned, parked, inPackages, shipped, delivered, cancelled, refunded, returned } = quantities;
  const terms = [unplanned, parked, inPackages, shipped, delivered, cancelled, refunded];
  return (
    terms.every((term) => term >= 0) && returned <= shipped && terms.reduce((sum, term) => sum + term, 0) === ordered
  );
}

function emptyCount(): Record<Place, number> {
  return { parked: 0, inPackages: 0, shipped: 0, delivered: 0, cancelled: 0, refunded: 0, returned: 0, unplanned: 0 };
}

function total(line: OrderLine, count: Record<Place, number>, cancelledOutside: number): LineQuantities {
  const cancelled = count.cancelled + cancelledOutside;
  const shipped = count.shipped + count.returned;
  const elsewhere = count.parked + count.inPackages + shipped + count.delivered + cancelled + count.refunded;
  return {
    ordered: line.quantity,
    unplanned: line.quantity - elsewhere,
    parked: count.parked,
    inPackages: count.inPackages,
    shipped,
    delivered: count.delivered,
    cancelled,
    refunded: count.refunded,
    returned: count.returned,
  };
}

/** A package whose units went back to the order holds none of them any more, whatever its items say. */
function placeOf(parcel: PackageUnits): Place {
  switch (parcel.state) {
    case 'out_of_stock':
      return 'parked';
    case 'shipped':
    case 'ready_for_pickup':
    case 'attempted_delivery':
    case 'delivery_failed':
      return 'shipped';
    case 'returned':
      return 'returned';
    case 'delivered':
      return 'delivered';
    case 'packed_for_refund':
      return 'refunded';
    case 'cancelled':
      return parcel.reason?.kind === 'cancellation' ? 'cancelled' : 'unplanned';
    case 'needs_rescheduling':
      return 'unplanned';
    default:
      return 'inPackages';
  }
}
