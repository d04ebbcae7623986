import { z } from 'zod';

import type { StockEngine } from '../../domain/configuration/integrations.js';
import { identifier } from '../../schemas/common.js';
import { stockAnswer } from '../../schemas/stockAnswer.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Signer } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { pushTracking } from './pushTracking.js';
import { wakeParked } from '../wakeParked.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator'>;

/**
 * The numbers themselves are not kept: stock is asked for when it is needed. What matters is that there may be
 * goods now for packages that are parked.
 */
const pushStock = ({ records, configuration, orchestrator }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/inbound/stock',
    tag: 'Inbound',
    summary: 'Stock has changed: parked packages with one of the SKUs are planned again; with a key, or signed',
    roles: MAY.pushStock,
    idempotent: true,
    signer: async ({ query: { engine } }) => signerOf(await configuration.stockEngines.find(engine)),
    request: { query: z.strictObject({ engine: identifier }), body: stockAnswer },
    replies: { 202: z.object({ orders: z.int().describe('Orders that are planned again.') }) },
    errors: ['resource.not_found'],
    handle: async ({ query: { engine }, body }) => {
      if (!(await configuration.stockEngines.find(engine))) throw notFound('stock engine', engine);
      const came = body.filter(({ stocks }) => stocks.some(({ quantity }) => quantity > 0)).map(({ sku }) => sku);
      const orders = await wakeParked({ records, orchestrator }, came, `${engine} has news of stock`);
      return { status: 202, body: { orders } };
    },
  });

/** The stock service signs with the secret that was shown when it was created, and is then its own `erp` key. */
function signerOf(engine: StockEngine | null): Signer | null {
  if (engine?.pushSecret === undefined) return null;
  const caller = { id: `stock-engine/${engine.code}`, role: 'erp' as const, locations: null };
  return { caller, secrets: [engine.pushSecret] };
}

/** Pushes from outside. */
export const inboundEndpoints = (dependencies: ApiDependencies) => [
  pushStock(dependencies),
  pushTracking(dependencies),
];
