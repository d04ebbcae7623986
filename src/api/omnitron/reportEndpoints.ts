import { z } from 'zod';

import { REPORT_STATES } from '../../domain/omnitron/orderReport.js';
import { omnitronRefusalView, omnitronReportView, toReportView } from '../../schemas/omnitron/reportView.js';
import { orderParams } from '../../schemas/orderRequests.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'now'>;

/** What people see of the work that goes on with Omnitron by itself. */
export const reportEndpoints = (dependencies: Dependencies) => [
  listReports(dependencies),
  reportAgain(dependencies),
  listRefusals(dependencies),
];

const listReports = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/omnitron/reports',
    tag: 'Omnitron',
    summary: 'List how orders are reported to Omnitron, by number',
    roles: MAY.readOmnitron,
    list: 'cursor',
    request: { query: pageQuery.extend({ state: z.enum(REPORT_STATES).exactOptional() }) },
    replies: { 200: pageOf(omnitronReportView) },
    handle: async ({ query: { state, ...page } }) => {
      const { items, next } = await records.omnitronReports.list(page, state);
      return { status: 200, body: { items: items.map(toReportView), next } };
    },
  });

const reportAgain = ({ records, now }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/omnitron/reports/{number}/again',
    tag: 'Omnitron',
    summary: 'Report an order to Omnitron again, at once',
    roles: MAY.configure,
    idempotent: true,
    audit: { subject: ({ params: { number } }) => `order/${number}`, command: () => 'report_again' },
    request: { params: orderParams },
    replies: { 202: null },
    errors: ['resource.not_found'],
    handle: async ({ params: { number } }) => {
      if (!(await records.omnitronReports.again(number, now()))) throw notFound('report of an order', number);
      return { status: 202 };
    },
  });

const listRefusals = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/omnitron/refusals',
    tag: 'Omnitron',
    summary: 'List what was fetched from Omnitron and not taken, newest first',
    roles: MAY.readOmnitron,
    request: { query: z.strictObject({ limit: pageQuery.shape.limit }) },
    replies: { 200: z.object({ items: z.array(omnitronRefusalView) }) },
    handle: async ({ query: { limit } }) => {
      return { status: 200, body: { items: await records.omnitronPulls.refusals(limit) } };
    },
  });
