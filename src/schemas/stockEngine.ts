import { pushSecret } from './pushSecret.js';
import { z } from 'zod';

import { identifier, text } from './common.js';
import { outgoingAuth, outgoingAuthView, outgoingUrl } from './outgoing.js';
import { stamp } from './stamp.js';

/** A stock service as it is written. */
export const stockEngine = z
  .strictObject({
    code: identifier,
    url: outgoingUrl,
    auth: outgoingAuth.default({ type: 'anonymous' }),
    mode: z
      .enum(['multiple', 'single'])
      .default('multiple')
      .meta({ description: '`multiple`: one request for many SKUs; `single`: one for each.' }),
    skuParam: text(64, 1).default('sku'),
    timeoutMs: z.int().min(100).max(60_000).default(10_000),
    maxSkusPerRequest: z.int().min(1).max(1_000).default(100),
    requestsPerSecond: z
      .number()
      .positive()
      .max(10_000)
      .exactOptional()
      .meta({ description: 'Requests that begin in a second, of all workers together.' }),
    maxConcurrentRequests: z
      .int()
      .min(1)
      .max(1_000)
      .exactOptional()
      .meta({ description: 'Requests that are under way at once, of all workers together.' }),
  })
  .meta({ id: 'StockEngine', description: 'A stock service of the brand, asked for every SKU of an order.' });

export const stockEngineView = z
  .object({ ...stockEngine.shape, auth: outgoingAuthView, ...stamp.shape })
  .meta({ id: 'StockEngineView' });

export const createdStockEngine = stockEngineView.extend({ secret: pushSecret }).meta({ id: 'CreatedStockEngine' });

/** What the service is to be asked for. */
export const stockTest = z.strictObject({ skus: z.array(identifier).min(1).max(100) }).meta({ id: 'StockTest' });

export const stockTestResult = z
  .object({
    ok: z.boolean().meta({ description: 'An order could be planned with this answer.' }),
    requests: z.array(
      z.object({
        url: z.string(),
        status: z.int().nullable().meta({ description: 'HTTP status; null when there was no answer.' }),
        latencyMs: z.int(),
        body: z.string().meta({ description: 'The first 4 KiB.' }),
      }),
    ),
    stocks: z.array(z.object({ location: z.string(), sku: z.string(), quantity: z.int() })),
    problems: z.array(z.string()).meta({ description: 'What is wrong, and what is strange, in words.' }),
  })
  .meta({ id: 'StockTestResult' });

export const engineHealthView = z
  .object({
    state: z.enum(['ok', 'open']).meta({ description: '`open`: not asked for some seconds, then tried again.' }),
    since: z.iso.datetime().nullable(),
    detail: z.string().nullable().meta({ description: 'The last failure, in words.' }),
  })
  .meta({ id: 'EngineHealth', description: 'As one of the workers said last.' });
