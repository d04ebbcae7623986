import type { z } from 'zod';

import type { StockRow } from '../../domain/configuration/integrations.js';
import type { Location } from '../../domain/configuration/location.js';
import { createAvailability } from '../../domain/planning/availability.js';
import { liveDiscrepancies } from '../../domain/planning/liveDiscrepancies.js';
import type { StockPage } from '../../store/stockBook.js';
import type { locationAvailability, WantedSku } from '../../schemas/stockAvailability.js';

type LocationAvailability = z.output<typeof locationAvailability>;

interface Books {
  readonly stock: readonly StockRow[];
  /** What is reserved and reported missing. */
  readonly pages: readonly Omit<StockPage, '_id' | 'holds'>[];
  readonly now: string;
}

/** What each location can promise of what is wanted: the very availability that planning would use now. */
export function availabilityAt(
  locations: readonly Location[],
  wanted: readonly WantedSku[],
  { stock, pages, now }: Books,
): LocationAvailability[] {
  const reservedOf = new Map(pages.map((row) => [pair(row), row.reserved]));
  const rows = stock.map((row) => ({ ...row, reserved: reservedOf.get(pair(row)) ?? 0 }));
  const discrepancies = liveDiscrepancies(pages, stock, now);
  const availability = createAvailability({
    order: { lines: wanted },
    locations,
    stock: rows,
    discrepancies,
    exclusions: [],
  });
  return locations.map(({ code, name, type, roles }) => {
    const skus = wanted.map((of) => ({ ...of, available: availability.of(code, of.sku) }));
    const canSupplyAll = skus.every((of) => of.available >= of.wanted);
    return { location: code, name, type, roles: [...roles], canSupplyAll, skus };
  });
}

/** Those that can supply everything first, then by code. */
export const placeInList = ({ canSupplyAll, location }: LocationAvailability) =>
  [canSupplyAll ? 0 : 1, location] as const;

const pair = ({ location, sku }: { readonly location: string; readonly sku: string }): string => `${location} ${sku}`;
