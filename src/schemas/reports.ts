import { z } from 'zod';

import { instant } from './common.js';
import { PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import { TRANSFER_STATES, type TransferState } from '../domain/lifecycle/transferLifecycle.js';
import { pageOf, pageQuery } from './page.js';

const moment = z
  .string()
  .refine(
    (given) => z.iso.date().safeParse(given).success || instant.safeParse(given).success,
    'must be a day (YYYY-MM-DD) or an instant in UTC with Z',
  );

export const reportQuery = pageQuery.extend({
  from: moment.exactOptional().meta({
    description: 'First day, in the time zone of the brand, or an instant. Default: six days before today.',
  }),
  to: moment
    .exactOptional()
    .meta({ description: 'Last day, or the instant before which the range ends. Default: today.' }),
});

const count = z.int().min(0);
const rate = z.number().nullable();
const day = z.iso.date().meta({ description: 'In the time zone of the brand.' });

/** A report is a list with the range that it is about, and the totals of the whole range. */
const reportOf = <Row extends z.ZodType, Total extends z.ZodType>(row: Row, total: Total) =>
  pageOf(row).extend({ from: z.iso.datetime(), to: z.iso.datetime(), timeZone: z.string(), total });

const splitCounts = z.object({
  orders: count.meta({ description: 'Orders that were planned for the first time.' }),
  placed: count.meta({ description: 'Those of which at least one unit found a place.' }),
  split: count.meta({ description: 'Those that became more than one package.' }),
  packages: count,
  units: count,
  parkedUnits: count,
  splitRate: rate.meta({ description: 'split / placed; null of none.' }),
  packagesPerOrder: rate.meta({ description: 'packages / placed.' }),
  parkedShare: rate.meta({ description: 'parkedUnits / units.' }),
});

export const splitRateReport = reportOf(z.object({ day, ...splitCounts.shape }), splitCounts);

const packageState = z.enum(Object.keys(PACKAGE_STATES) as [PackageState, ...PackageState[]]);
const work = { packages: count, units: count };

export const locationLoadReport = reportOf(
  z.object({
    day,
    location: z.string(),
    ...work,
    packageShare: rate.meta({ description: 'Of all packages planned on that day.' }),
    unitShare: rate,
  }),
  z.object({ locations: count, ...work }),
);

export const locationMovementsReport = reportOf(
  z.object({
    location: z.string(),
    state: packageState,
    ...work,
  }),
  z.object(work),
);

export const transferMovementsReport = reportOf(
  z.object({
    source: z.string(),
    destination: z.string(),
    state: z.enum(Object.keys(TRANSFER_STATES) as [TransferState, ...TransferState[]]),
    transfers: count,
    units: count,
  }),
  z.object({ transfers: count, units: count }),
);

export const overdueReport = reportOf(
  z.object({
    dueAt: z.iso.datetime(),
    package: z.string(),
    order: z.string(),
    location: z.string(),
    state: packageState,
    units: count,
  }),
  z.object({ ...work, locations: count }),
);

const refusals = {
  packages: count,
  refused: count,
  notFound: count.meta({ description: 'Packages of which the location did not find everything, or found it damaged.' }),
  refusalRate: rate,
  notFoundRate: rate,
};

export const refusalsReport = reportOf(z.object({ location: z.string(), ...refusals }), z.object(refusals));

export const leadTimesReport = reportOf(
  z.object({
    location: z.string(),
    milestone: z.enum(['packed', 'shipped', 'delivered']),
    packages: count,
    p50Minutes: z.number(),
    p95Minutes: z.number(),
  }),
  z.object({ packages: count }),
);
