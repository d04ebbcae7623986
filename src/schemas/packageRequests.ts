import { z } from 'zod';

import { PACKAGE_STATES, type PackageState } from '../domain/lifecycle/packageLifecycle.js';
import { identifier } from './common.js';
import { pageQuery } from './page.js';

/** An order number with `P<n>` behind it. */
const packageNumber = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}P\d{1,9}$/, 'must be a package number');

export const packageParams = z.strictObject({ number: packageNumber });

export const packageQuery = pageQuery.extend({
  state: z.enum(Object.keys(PACKAGE_STATES) as [PackageState, ...PackageState[]]).exactOptional(),
  location: identifier.exactOptional(),
  order: identifier.exactOptional(),
});
