import { packageParams, packageQuery } from '../../schemas/packageRequests.js';
import { packageView } from '../../schemas/packageView.js';
import { pageOf } from '../../schemas/page.js';
import { MAY } from '../auth/roles.js';
import { visibleLocations } from '../auth/visibleLocations.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findPackage, packageFor, packagesFor } from './packageAccess.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration'>;

export const listPackages = ({ records: { packages, invoiceNotes }, configuration: { lifecycles } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/packages',
    tag: 'Packages',
    summary: 'List packages, newest first',
    roles: MAY.readPackages,
    list: 'cursor',
    request: { query: packageQuery },
    replies: { 200: pageOf(packageView) },
    handle: async ({ query: { location, ...query }, caller }) => {
      const locations = visibleLocations(caller, location);
      const page = await packages.list({ ...query, ...(locations && { locations }) });
      const items = await packagesFor({ lifecycles, invoiceNotes }, caller, page.items);
      return { status: 200, body: { items, next: page.next } };
    },
  });

export const readPackage = ({ records, configuration: { lifecycles } }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/packages/{number}',
    tag: 'Packages',
    summary: 'Read a package with the commands that it takes now',
    roles: MAY.readPackages,
    request: { params: packageParams },
    replies: { 200: packageView },
    errors: ['resource.not_found'],
    handle: async ({ params: { number }, caller }) => ({
      status: 200,
      body: await packageFor({ lifecycles, ...records }, caller, await findPackage(records, number, caller)),
    }),
  });
