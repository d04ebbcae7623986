import type { Model } from 'mongoose';

import type { Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { decodeCursor, toPage, type Page, type PageRequest } from './page.js';
import { stockPageId, stockPageModel, type Discrepancy, type Hold, type StockPage } from './stockBook.js';

export interface StockListFilter {
  readonly location?: string;
  readonly sku?: string;
}

export type TakenHold = Hold & { readonly since: string };

type Entry = 'holds' | 'discrepancies';

interface Keyed {
  readonly location: string;
  readonly sku: string;
  readonly key: string;
}

/** The books row by row, in the order of location, SKU and key: stable, whatever is taken meanwhile. */
export function createStockLists(connection: Connection) {
  const model = stockPageModel(connection);
  return {
    holds: (request: PageRequest & StockListFilter): Promise<Page<TakenHold>> =>
      list(model, 'holds', request, ({ location, sku, holds }) => holds.map((hold) => ({ ...hold, location, sku }))),

    /** Those whose time has not run out at `now`. */
    discrepancies: (request: PageRequest & StockListFilter, now: Date): Promise<Page<Discrepancy>> =>
      list(model, 'discrepancies', request, ({ location, sku, discrepancies = [] }) =>
        discrepancies.filter(({ until }) => until > now.toISOString()).map((said) => ({ ...said, location, sku })),
      ),

    /** Everything that is held and said about one SKU at one location. */
    at: async (location: string, sku: string): Promise<{ holds: TakenHold[]; discrepancies: Discrepancy[] }> => {
      const page = await model.findById(stockPageId(location, sku)).lean<StockPage>();
      return {
        holds: (page?.holds ?? []).map((hold) => ({ ...hold, location, sku })),
        discrepancies: (page?.discrepancies ?? []).map((said) => ({ ...said, location, sku })),
      };
    },

    /** Gives back a hold that is still the one that was read; false when it has gone or was taken anew. */
    drop: async ({ location, sku, key, quantity, since }: TakenHold): Promise<boolean> => {
      const holds = { $elemMatch: { key, quantity, since } };
      const { modifiedCount } = await model.updateOne(ownFilter({ _id: stockPageId(location, sku), holds }), {
        $inc: { reserved: -quantity },
        $pull: { holds: { key } },
      });
      return modifiedCount === 1;
    },
  };
}

async function list<Row extends Keyed>(
  model: Model<StockPage>,
  entry: Entry,
  { limit, cursor, location, sku }: PageRequest & StockListFilter,
  rowsOf: (page: StockPage) => readonly Row[],
): Promise<Page<Row>> {
  const after = cursor === undefined ? null : decodeCursor(cursor, 3).map(String);
  const filter = {
    [`${entry}.0`]: { $exists: true },
    ...(location === undefined ? {} : { location }),
    ...(sku === undefined ? {} : { sku }),
    ...(after && { $or: [{ location: { $gt: after[0] } }, { location: after[0], sku: { $gte: after[1] } }] }),
  };
  const rows: Row[] = [];
  // A document can have many rows, or none that is shown, so they are taken until the page is full.
  for await (const page of model.find(ownFilter(filter)).sort({ location: 1, sku: 1 }).lean<StockPage>().cursor()) {
    const found = [...rowsOf(page)].sort((a, b) => (a.key < b.key ? -1 : 1));
    rows.push(...found.filter((row) => after === null || isBehind(row, after)));
    if (rows.length > limit) break;
  }
  return toPage(rows, limit, (row) => [row.location, row.sku, row.key]);
}

const isBehind = ({ location, sku, key }: Keyed, [atLocation = '', atSku = '', atKey = '']: readonly string[]) =>
  location !== atLocation || sku !== atSku || key > atKey;
