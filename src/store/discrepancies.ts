import type { Connection } from './connection.js';
import { ownFilter } from './ownFilter.js';
import { stockPageId, stockPageModel, type Discrepancy } from './stockBook.js';

/** What locations said that they do not have. */
export function createDiscrepancyRepository(connection: Connection) {
  const model = stockPageModel(connection);
  return {
    /** Repeatable: an entry with a known key is there already. */
    add: async (entries: readonly Discrepancy[]): Promise<void> => {
      for (const { location, sku, ...entry } of entries) {
        const _id = stockPageId(location, sku);
        await model.updateOne({ _id }, { $setOnInsert: { location, sku, reserved: 0, holds: [] } }, { upsert: true });
        await model.updateOne(ownFilter({ _id, 'discrepancies.key': { $ne: entry.key } }), {
          $push: { discrepancies: entry },
        });
      }
    },

    /** Takes entries out, because they ran out, the stock answer has changed, or a person said so. */
    end: async (keys: readonly string[]): Promise<void> => {
      if (keys.length === 0) return;
      const ended = { $in: [...keys] };
      await model.updateMany(ownFilter({ 'discrepancies.key': ended }), {
        $pull: { discrepancies: ownFilter({ key: ended }) },
      });
    },
  };
}

export type DiscrepancyRepository = ReturnType<typeof createDiscrepancyRepository>;
