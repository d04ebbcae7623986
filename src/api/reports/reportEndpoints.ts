import type { z } from 'zod';

import {
  leadTimesReport,
  locationLoadReport,
  locationMovementsReport,
  refusalsReport,
  reportQuery,
  splitRateReport,
} from '../../schemas/reports.js';
import type { Page, PageRequest } from '../../store/page.js';
import type { ReportRange } from '../../store/reports/readReport.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { reportRange } from './reportRange.js';

type Dependencies = Pick<ApiDependencies, 'configuration' | 'records' | 'now'>;

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly reply: z.ZodType;
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
      name: 'refusals',
      summary: 'How many of the packages that began in the range were refused, by location',
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

const readReport = ({ configuration, now }: Dependencies, { name, summary, reply, read }: Definition) =>
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
      const range = reportRange({ ...(from && { from }), ...(to && { to }) }, timeZone, now());
      return { status: 200, body: { ...range, ...(await read(range, page)) } };
    },
  });
