import { auditQuery, auditView } from '../../schemas/audit.js';
import { pageOf } from '../../schemas/page.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';

export const auditEndpoints = (dependencies: ApiDependencies) => [listAudit(dependencies)];

const listAudit = ({ records: { audit } }: Pick<ApiDependencies, 'records'>) =>
  endpoint({
    method: 'get',
    path: '/audit',
    tag: 'Audit',
    summary: 'Who did what when, accepted or refused, newest first',
    roles: MAY.readAudit,
    list: 'cursor',
    request: { query: auditQuery },
    replies: { 200: pageOf(auditView) },
    handle: async ({ query }) => ({ status: 200, body: await audit.list(query) }),
  });
