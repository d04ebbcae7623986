import type { z } from 'zod';

import {
  leadTimesReport,
  locationLoadReport,
  locationMovementsReport,
  overdueReport,
  refusalsReport,
  reportQuery,
  splitRateReport,
  transferMovementsReport,
} from '../../schemas/reports.js';
import type { Page, PageRequest } from '../../store/page.js';
import type { ReportRange } from '../../store/reports/readReport.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { pastRange, reportRange } from './reportRange.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'now'>;

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly reply: z.ZodType;
  /** What a range means that is not given, or reaches beyond now. */
  readonly rangeOf?: typeof reportRange;
  readonly read: (range: ReportRange, page: PageRequest) => Promise<Page<object> & { readonly total: object }>;
}

export const reportEndpoints = (dependencies: Dependencies) => {
  const { reports } = dependencies.records;
  const definitions: readonly Definition[] = [
    {
      name: 'split-rate',
      summary: 'How many orders were split when they were first planned, by day',
      reply: splitRateReport,
      read: (...asked) => reports.splitRate(...asked),
    },
    {
      name: 'location-load',
      summary: 'Packages and units planned to each location, by day',
      reply: locationLoadReport,
      read: (...asked) => reports.locationLoad(...asked),
    },
    {
      name: 'location-movements',
      summary: 'The packages that began in the range, by location and present state',
      reply: locationMovementsReport,
      read: (...asked) => reports.locationMovements(...asked),
    },
    {
      name: 'transfer-movements',
      summary: 'The transfers that began in the range, by route and present state',
      reply: transferMovementsReport,
      read: (...asked) => reports.transferMovements(...asked),
    },
    {
      name: 'overdue',
      summary: 'Packages that were due in the range, until now, and are not packed yet; of the last year by default',
      reply: overdueReport,
      rangeOf: pastRange,
      read: (...asked) => reports.overdue(...asked),
    },
    {
      name: 'refusals',
      summary: 'How many of the packages that began in the range were refused, or not found, by location',
      reply: refusalsReport,
      read: (...asked) => reports.refusals(...asked),
    },
    {
      name: 'lead-times',
      summary: 'How long packages took to be packed, shipped and delivered, by location: median and 95th percentile',
      reply: leadTimesReport,
      read: (...asked) => reports.leadTimes(...asked),
    },
  ];
  return definitions.map((definition) => readReport(dependencies, definition));
};

const readReport = (
  { configuration, now }: Dependencies,
  { name, summary, reply, rangeOf = reportRange, read }: Definition,
) =>
  endpoint({
    method: 'get',
    path: `/reports/${name}`,
    tag: 'Reports',
    summary,
    roles: MAY.readConfiguration,
    list: 'cursor',
    request: { query: reportQuery },
    replies: { 200: reply },
    errors: ['request.unprocessable'],
    handle: async ({ query: { from, to, ...page } }) => {
      const { timeZone } = await configuration.settings.read();
      const range = rangeOf({ ...(from && { from }), ...(to && { to }) }, timeZone, now());
      return { status: 200, body: { ...range, ...(await read(range, page)) } };
    },
  });
