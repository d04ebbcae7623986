import { z } from 'zod';

import { LOCATION_ROLES } from '../domain/configuration/location.js';
import {
  RANK_CRITERIA,
  type PackagingRule,
  type Scenario,
  type TransferRule,
  type TransferScenario,
} from '../domain/configuration/scenario.js';
import { identifier, label, minor, text } from './common.js';

// Enough for a list of a few hundred SKUs, little enough to be parsed at once.
const expression = text(8_192, 1);

const condition = z
  .union([z.literal('any'), z.strictObject({ in: z.array(label).max(1_000) }), z.strictObject({ expression })])
  .meta({ id: 'Condition', description: 'Any value, one of a list, or a CEL expression over `order`.' });

const conditions = z.strictObject({
  channel: condition.default('any'),
  shippingOption: condition.default('any'),
  paymentType: condition.default('any'),
  customerType: condition.default('any'),
});

const anyOrder = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;

const codes = z.array(identifier).max(10_000);

const filter = z
  .strictObject({
    include: codes.exactOptional(),
    exclude: codes.exactOptional(),
    types: z
      .array(z.enum(['store', 'warehouse']))
      .max(2)
      .exactOptional(),
    tagsAny: z.array(text(64, 1)).max(100).exactOptional(),
    roles: z.array(z.enum(LOCATION_ROLES)).max(LOCATION_ROLES.length).exactOptional(),
    sameAs: z.enum(['country', 'state', 'district', 'neighbourhood']).exactOptional(),
    withinKm: z.number().min(0).max(20_100).exactOptional(),
    requireQuota: z.boolean().exactOptional(),
    openForPackaging: z.boolean().exactOptional(),
  })
  .meta({
    id: 'LocationFilter',
    description: 'Which locations a rule may use; an absent or empty field does not restrict.',
  });

const rank = z
  .array(z.strictObject({ by: z.enum(RANK_CRITERIA), order: z.enum(['asc', 'desc']).default('asc') }))
  .max(10)
  .default([]);

const rule = z.strictObject({
  name: label,
  when: expression.exactOptional(),
  lines: expression.exactOptional(),
  locations: filter.default({}),
  strategy: z.enum(['single', 'fewest', 'partial']),
  maxPackages: z.int().min(1).max(10_000).exactOptional(),
  minPackageValue: minor.exactOptional(),
  allowLineSplit: z.boolean().exactOptional(),
  rank,
  transferable: z.boolean().exactOptional(),
}) satisfies z.ZodType<PackagingRule>;

const transferRule = z.strictObject({
  name: label,
  when: expression.exactOptional(),
  lines: expression.default('any').meta({ description: '`all`, `any` or a CEL expression that chooses lines.' }),
  sources: filter.default({}),
  rank,
  maxSources: z.int().min(1).max(10_000).exactOptional(),
}) satisfies z.ZodType<TransferRule>;

const named = {
  name: identifier,
  description: text(4_096).exactOptional(),
  priority: z.int().min(0).max(1_000_000).default(100),
  conditions: conditions.default(anyOrder),
};

// The states in which a package can begin; transfers and parking decide about the others.
const firstState = z.enum(['waiting', 'waiting_remote_action']);

/** A distribution scenario as it is drafted. */
export const scenario = z
  .strictObject({
    ...named,
    defaultLocation: identifier,
    initialState: firstState.exactOptional(),
    multiplePackagesState: firstState.exactOptional(),
    rules: z.array(rule).min(1).max(100),
  })
  .meta({
    id: 'Scenario',
    description: 'How orders that meet the conditions are distributed to locations.',
  }) satisfies z.ZodType<Scenario>;

/** Where the goods that a packing location lacks come from. */
export const transferScenario = z.strictObject({ ...named, rules: z.array(transferRule).min(1).max(100) }).meta({
  id: 'TransferScenario',
  description: 'Where the goods that a packing location lacks come from.',
}) satisfies z.ZodType<TransferScenario>;
