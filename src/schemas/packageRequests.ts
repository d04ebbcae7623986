import { z } from 'zod';

import { PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import { AWAITED_INVOICES } from '../domain/package/package.js';
import { identifier, text } from './common.js';
import { pageQuery } from './page.js';
import { problem } from './problem.js';

/** An order number with `P<n>` behind it. */
const packageNumber = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}P\d{1,9}$/, 'must be a package number');

export const packageParams = z.strictObject({ number: packageNumber });

export const packageQuery = pageQuery.extend({
  state: z.enum(Object.keys(PACKAGE_STATES) as [PackageState, ...PackageState[]]).exactOptional(),
  location: identifier.exactOptional(),
  order: identifier.exactOptional(),
  awaitedInvoice: z
    .enum(AWAITED_INVOICES)
    .exactOptional()
    .meta({ description: 'Packages whose invoice was asked for and is not there.' }),
});

const bulkItem = z.looseObject({ number: text(80, 1), command: text(64, 1) }).meta({
  description: 'A package number, and beside it a command as `POST /v1/packages/{number}/commands` takes it.',
});

export const bulkCommands = z
  .strictObject({ items: z.array(bulkItem).min(1).max(200) })
  .meta({ id: 'BulkCommands', description: 'Commands to one package are carried out in their order.' });

export type BulkItem = z.output<typeof bulkItem>;

const bulkResult = z.object({
  number: z.string(),
  status: z.int().meta({ description: 'As the command would have been answered alone.' }),
  problem: problem.optional(),
});

export type BulkResult = z.output<typeof bulkResult>;

/** In the order of the items. */
export const bulkResults = z.object({ results: z.array(bulkResult) }).meta({ id: 'BulkResults' });
