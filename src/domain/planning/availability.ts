import type { PlanInput, PlanLocation } from './planCase.js';

/** What can be promised, location by location; earlier rules of the same plan have taken their part. */
export interface Availability {
  /** Units of the SKU that the location can still give; never below 0. */
  readonly of: (location: string, sku: string) => number;
  /** Units of several SKUs, in their order: quicker than one by one where many locations are asked. */
  readonly ofAll: (skus: readonly string[]) => (location: string) => number[];
  readonly take: (location: string, sku: string, units: number) => void;
  /** The location refused this line of this order. */
  readonly isRefused: (location: string, line: string) => boolean;
  /** The location refused at least one line of this order. */
  readonly hasRefused: (location: string) => boolean;
  readonly isMissing: (location: string, sku: string) => boolean;
}

/** What availability depends on; carts have no exclusions, but the same books. */
type Books = Pick<PlanInput, 'locations' | 'stock' | 'discrepancies' | 'exclusions'> & {
  /** Only SKUs of these lines can be asked for. */
  readonly order: { readonly lines: readonly { readonly sku: string }[] };
};

/** Stock answer less reservations less safety stock; 0 at an inactive location and under a discrepancy. */
export function createAvailability(books: Books): Availability {
  const { locations, discrepancies, exclusions } = books;
  const rowOf = new Map(locations.map(({ code }, row) => [code, row]));
  const columnOf = new Map(books.order.lines.map(({ sku }) => [sku, 0]));
  [...columnOf.keys()].forEach((sku, column) => columnOf.set(sku, column));
  const missing = pairsOf(discrepancies.map(({ location, sku }) => [location, sku]));
  const refused = pairsOf(exclusions.map(({ location, line }) => [location, line]));
  const left = unitsLeft(books, rowOf, columnOf, missing);
  const width = columnOf.size;
  const cellOf = (location: string, sku: string) => (rowOf.get(location) ?? NaN) * width + (columnOf.get(sku) ?? NaN);
  return {
    of: (location, sku) => left[cellOf(location, sku)] ?? 0,
    ofAll: (skus) => {
      const columns = skus.map((sku) => columnOf.get(sku) ?? NaN);
      return (location) => {
        const start = (rowOf.get(location) ?? NaN) * width;
        return columns.map((column) => left[start + column] ?? 0);
      };
    },
    take: (location, sku, units) => {
      const cell = cellOf(location, sku);
      left[cell] = (left[cell] ?? 0) - units;
    },
    isRefused: (location, line) => refused.get(location)?.has(line) ?? false,
    hasRefused: (location) => refused.has(location),
    isMissing: (location, sku) => missing.get(location)?.has(sku) ?? false,
  };
}

type Places = ReadonlyMap<string, number>;
type Pairs = ReadonlyMap<string, ReadonlySet<string>>;

/** By location, then by SKU. */
function unitsLeft({ locations, stock }: Books, rowOf: Places, columnOf: Places, missing: Pairs): Float64Array {
  const left = new Float64Array(rowOf.size * columnOf.size);
  for (const { location: code, sku, quantity, reserved } of stock) {
    const row = rowOf.get(code) ?? -1;
    const column = columnOf.get(sku);
    const location = locations[row];
    if (column === undefined || !location?.active || (missing.size > 0 && missing.get(code)?.has(sku))) continue;
    const units = quantity - reserved - safetyOf(location, sku);
    if (units > 0) left[row * columnOf.size + column] = units;
  }
  return left;
}

/** By location. */
function pairsOf(pairs: readonly (readonly [string, string])[]): Pairs {
  const found = new Map<string, Set<string>>();
  for (const [location, of] of pairs) found.set(location, (found.get(location) ?? new Set()).add(of));
  return found;
}

/** The SKU's own value counts, also 0; else the default. */
function safetyOf({ safetyStock }: PlanLocation, sku: string): number {
  return (Object.hasOwn(safetyStock.skus, sku) ? safetyStock.skus[sku] : undefined) ?? safetyStock.default;
}
