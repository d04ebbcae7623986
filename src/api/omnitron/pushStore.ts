import { z } from 'zod';

import { storeImportView } from '../../schemas/omnitron/storeImportView.js';
import { MAY } from '../auth/roles.js';
import { endpoint } from '../endpoint.js';
import { importGivenStore, type StoreImportDependencies } from './storeImport.js';

/** What Omnitron announces: what happened, and the store as it is then. */
const storeEvent = z
  .object({
    event: z.object({
      type: z.enum(['retail_store.created', 'retail_store.updated']),
      uuid: z.string().max(128).optional(),
    }),
    payload: z.looseObject({ erp_code: z.string().max(64) }),
  })
  .meta({ id: 'OmnitronStoreEvent', description: 'A retail store of Omnitron was made or changed.' });

export const pushStore = (dependencies: StoreImportDependencies) =>
  endpoint({
    method: 'post',
    path: '/inbound/omnitron/retail-stores',
    tag: 'Inbound',
    summary: 'A retail store of Omnitron becomes a location, or brings it up to date',
    roles: MAY.pushStores,
    idempotent: true,
    audit: { subject: ({ body }) => `location/${body.payload.erp_code}`, command: () => 'import' },
    request: { body: storeEvent },
    replies: { 200: storeImportView, 201: storeImportView },
    errors: ['request.unprocessable', 'version.mismatch', 'omnitron.unreachable'],
    handle: async ({ body: { payload } }) => {
      const done = await importGivenStore(dependencies, payload, '/payload');
      return { status: done.outcome === 'created' ? 201 : 200, body: done };
    },
  });
