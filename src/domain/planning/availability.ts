import type { PlanInput, PlanLocation } from './planCase.js';

/** What can be promised, location by location; earlier rules of the same plan have taken their part. */
export interface Availability {
  /** Units of the SKU that the location can still give; never below 0. */
  readonly of: (location: string, sku: string) => number;
  readonly take: (location: string, sku: string, units: number) => void;
  /** The location refused this line of this order. */
  readonly isRefused: (location: string, line: string) => boolean;
  readonly isMissing: (location: string, sku: string) => boolean;
}

/** What availability depends on; carts have no exclusions, but the same books. */
type Books = Pick<PlanInput, 'locations' | 'stock' | 'discrepancies' | 'exclusions'>;

/** Stock answer less reservations less safety stock; 0 at an inactive location and under a discrepancy. */
export function createAvailability({ locations, stock, discrepancies, exclusions }: Books): Availability {
  const known = new Map(locations.map((location) => [location.code, location]));
  const missing = pairsOf(discrepancies.map(({ location, sku }) => [location, sku]));
  const refused = pairsOf(exclusions.map(({ location, line }) => [location, line]));
  const left = new Map<string, Map<string, number>>();
  for (const { location: code, sku, quantity, reserved } of stock) {
    const location = known.get(code);
    if (!location?.active || missing.get(code)?.has(sku)) continue;
    const units = quantity - reserved - safetyOf(location, sku);
    if (units > 0) leftAt(left, code).set(sku, units);
  }
  return {
    of: (location, sku) => left.get(location)?.get(sku) ?? 0,
    take: (location, sku, units) => {
      const there = leftAt(left, location);
      there.set(sku, (there.get(sku) ?? 0) - units);
    },
    isRefused: (location, line) => refused.get(location)?.has(line) ?? false,
    isMissing: (location, sku) => missing.get(location)?.has(sku) ?? false,
  };
}

function leftAt(left: Map<string, Map<string, number>>, location: string): Map<string, number> {
  const there = left.get(location) ?? new Map<string, number>();
  left.set(location, there);
  return there;
}

/** By location. */
function pairsOf(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [location, of] of pairs) found.set(location, (found.get(location) ?? new Set()).add(of));
  return found;
}

/** The SKU's own value counts, also 0; else the default. */
function safetyOf({ safetyStock }: PlanLocation, sku: string): number {
  return (Object.hasOwn(safetyStock.skus, sku) ? safetyStock.skus[sku] : undefined) ?? safetyStock.default;
}
