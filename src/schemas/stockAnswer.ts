import { z } from 'zod';

/**
 * What a stock service says of SKUs: its answer to an inquiry, and its push when something has changed. Strict: a
 * field that we do not know could change what the number means, such as a unit.
 */
export const stockAnswer = z
  .array(
    z.strictObject({
      sku: z.string().min(1),
      stocks: z.array(z.strictObject({ erpCode: z.string().min(1), quantity: z.int().min(0) })),
    }),
  )
  .meta({ id: 'StockAnswer', description: 'Pieces by SKU and location; a pair that is absent has none.' });
