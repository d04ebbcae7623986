import { pageOf } from '../../schemas/page.js';
import { toTransferView, transferParams, transferQuery, transferView } from '../../schemas/transferView.js';
import { visibleLocations } from '../auth/visibleLocations.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findTransfer } from './transferAccess.js';

type Dependencies = Pick<ApiDependencies, 'records'>;

export const listTransfers = ({ records: { transfers } }: Dependencies) =>
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
      return { status: 200, body: { items: items.map(toTransferView), next } };
    },
  });

export const readTransfer = ({ records }: Dependencies) =>
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
      body: toTransferView(await findTransfer(records, number, caller)),
    }),
  });
