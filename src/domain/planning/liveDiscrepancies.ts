import type { StockRow } from '../configuration/integrations.js';
import type { Instant } from '../order/order.js';

type Pair = Pick<StockRow, 'location' | 'sku'>;

/** What a location said that it does not have, although the stock answer was `answered`. */
interface Said {
  readonly until: Instant;
  readonly answered: number;
}

/**
 * Where a SKU is not asked for although stock is answered: the location said that it is not there, and since
 * then neither its time has run out nor has the stock service answered another number.
 */
export function liveDiscrepancies(
  pages: readonly (Pair & { readonly discrepancies?: readonly Said[] })[],
  stock: readonly StockRow[],
  now: Instant,
): Pair[] {
  const answered = new Map(stock.map(({ location, sku, quantity }) => [`${location}|${sku}`, quantity]));
  return pages.flatMap(({ location, sku, discrepancies = [] }) => {
    const answer = answered.get(`${location}|${sku}`) ?? 0;
    const isLive = discrepancies.some((said) => said.until > now && said.answered === answer);
    return isLive ? [{ location, sku }] : [];
  });
}
