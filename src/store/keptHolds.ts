import type { Model } from 'mongoose';

import { ownFilter } from './ownFilter.js';
import { stockPageId, type Hold, type StockPage } from './stockBook.js';

const AT_ONCE = 500;

/** Holds that outlive their items for a while, for stock services that book late. */
export const keptHoldsOf = (model: Model<StockPage>, release: (holds: readonly Hold[]) => Promise<void>) => ({
  /** Lets holds outlive their items: they end at `until`. Repeatable. */
  keepUntil: async (holds: readonly Hold[], until: Date): Promise<void> => {
    for (const { key, location, sku } of holds) {
      await model.updateOne(ownFilter({ _id: stockPageId(location, sku), holds: { $elemMatch: { key } } }), {
        $set: { 'holds.$.until': until.toISOString() },
      });
    }
  },

  /** Gives back what was kept until a time that has come; answers how many holds. */
  endKept: async (now: Date): Promise<number> => {
    const at = now.toISOString();
    const pages = await model
      .find(ownFilter({ 'holds.until': { $lte: at } }))
      .limit(AT_ONCE)
      .lean<StockPage[]>();
    const ended = pages.flatMap(({ location, sku, holds }) =>
      holds.filter(({ until }) => until !== undefined && until <= at).map((hold) => ({ ...hold, location, sku })),
    );
    await release(ended);
    return ended.length;
  },
});
