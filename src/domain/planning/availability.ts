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
  const missing = new Set(discrepancies.map(({ location, sku }) => pair(location, sku)));
  const refused = new Set(exclusions.map(({ location, line }) => pair(location, line)));
  const left = new Map<string, number>();
  for (const { location: code, sku, quantity, reserved } of stock) {
    const location = known.get(code);
    if (!location?.active || missing.has(pair(code, sku))) continue;
    const units = quantity - reserved - safetyOf(location, sku);
    if (units > 0) left.set(pair(code, sku), units);
  }
  return {
    of: (location, sku) => left.get(pair(location, sku)) ?? 0,
    take: (location, sku, units) => left.set(pair(location, sku), (left.get(pair(location, sku)) ?? 0) - units),
    isRefused: (location, line) => refused.has(pair(location, line)),
    isMissing: (location, sku) => missing.has(pair(location, sku)),
  };
}

// No identifier contains a space.
const pair = (location: string, of: string) => `${location} ${of}`;

/** The SKU's own value counts, also 0; else the default. */
function safetyOf({ safetyStock }: PlanLocation, sku: string): number {
  return (Object.hasOwn(safetyStock.skus, sku) ? safetyStock.skus[sku] : undefined) ?? safetyStock.default;
}
