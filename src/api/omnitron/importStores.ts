import { z } from 'zod';

import { OMNITRON, type OmnitronConnection } from '../../domain/configuration/omnitron.js';
import { OmsError } from '../../platform/errors.js';
import { storePageView, type StorePage } from '../../schemas/omnitron/storeImportView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { importGivenStore, type StoreImportDependencies } from './storeImport.js';

const channel = z.object({ pk: z.int().optional(), id: z.int().optional() }).transform(({ pk, id }) => pk ?? id ?? 0);
const store = z.looseObject({ pk: z.int(), erp_code: z.string().nullish() });

const PAGE_ROWS = 25;

/** Page by page, so that no call lasts longer than its caller waits, and so that there is progress to show. */
export const importStores = (dependencies: StoreImportDependencies) =>
  endpoint({
    method: 'post',
    path: '/omnitron/retail-stores/import',
    tag: 'Omnitron',
    summary: 'Fetch one page of the retail stores of Omnitron; ask again with `next` until it is null',
    roles: MAY.configure,
    idempotent: true,
    request: {
      body: z.strictObject({
        cursor: z
          .string()
          .regex(/^\d{1,15}\.\d{1,9}$/, 'must be a `next` that we gave')
          .exactOptional(),
      }),
    },
    replies: { 200: storePageView },
    errors: ['resource.not_found', 'request.unprocessable', 'omnitron.unreachable', 'omnitron.refused'],
    handle: async ({ body: { cursor } }) => {
      const connection = await dependencies.configuration.omnitron.find(OMNITRON);
      if (!connection) throw notFound('connection to Omnitron', OMNITRON);
      return { status: 200, body: await importPage(dependencies, connection, cursor) };
    },
  });

async function importPage(
  dependencies: StoreImportDependencies,
  connection: OmnitronConnection,
  cursor: string | undefined,
): Promise<StorePage> {
  const { omnitronClient: client } = dependencies;
  const channels = await client.list(connection, 'channels/', channel);
  const [first] = channels;
  if (first === undefined) return { stores: [], count: 0, next: null };
  const [of = first, page = 1] = cursor?.split('.').map(Number) ?? [];
  const query = { page, limit: PAGE_ROWS };
  const { rows, count, hasNext } = await client.page(connection, `channel/${of}/retail_stores/`, store, query);
  const stores: StorePage['stores'] = [];
  for (const row of rows) stores.push(await importOne(dependencies, row));
  const later = channels[channels.indexOf(of) + 1];
  const next = hasNext ? `${of}.${page + 1}` : later === undefined ? null : `${later}.1`;
  return { stores, count, next };
}

/** A store that cannot become a location does not keep the others from it. */
async function importOne(
  dependencies: StoreImportDependencies,
  row: z.output<typeof store>,
): Promise<StorePage['stores'][number]> {
  const { pk, erp_code: code = null } = row;
  try {
    const { outcome, kept } = await importGivenStore(dependencies, row, '');
    return { pk, code, outcome, kept: kept.map(({ field }) => field), detail: null };
  } catch (error) {
    if (!(error instanceof OmsError) || error.code !== 'request.unprocessable') throw error;
    const faults = (error.options.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`.trim());
    return { pk, code, outcome: 'refused', kept: [], detail: faults.join('; ') || error.detail };
  }
}
