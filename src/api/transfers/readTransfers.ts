import { pageOf } from '../../schemas/page.js';
import { transferParams, transferQuery, transferView } from '../../schemas/transferView.js';
import { visibleLocations } from '../auth/visibleLocations.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findTransfer, transferFor } from './transferAccess.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration'>;

export const listTransfers = ({ records: { transfers }, configuration: { lifecycles } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/transfers',
    tag: 'Transfers',
    summary: 'List transfers, newest first; by location both what leaves it and what comes to it',
    roles: MAY.readTransfers,
    list: 'cursor',
    request: { query: transferQuery },
    replies: { 200: pageOf(transferView) },
    handle: async ({ query: { location, ...query }, caller }) => {
      const locations = visibleLocations(caller, location);
      const { items, next } = await transfers.list({ ...query, ...(locations && { locations }) });
      const views = await Promise.all(items.map((record) => transferFor(lifecycles, caller, record)));
      return { status: 200, body: { items: views, next } };
    },
  });

export const readTransfer = ({ records, configuration: { lifecycles } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/transfers/{number}',
    tag: 'Transfers',
    summary: 'Read a transfer with the commands that it takes now',
    roles: MAY.readTransfers,
    request: { params: transferParams },
    replies: { 200: transferView },
    errors: ['resource.not_found'],
    handle: async ({ params: { number }, caller }) => ({
      status: 200,
      body: await transferFor(lifecycles, caller, await findTransfer(records, number, caller)),
    }),
  });
