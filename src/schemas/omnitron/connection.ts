import { z } from 'zod';

import { DEFAULT_ORDER_RULES } from '../../domain/omnitron/context.js';
import { identifier, label, text } from '../common.js';
import { outgoingUrl } from '../outgoing.js';
import { stamp } from '../stamp.js';

const numericId = z.string().regex(/^\d{1,15}$/, "must be Omnitron's id, a number");

const orders = z.strictObject({
  channels: z.record(numericId, label).default({}).meta({
    description: 'Our name of a channel by its id. Fetched are orders of all channels.',
  }),
  quantityKey: text(64, 1).default(DEFAULT_ORDER_RULES.quantityKey).meta({
    description: 'Key of `attributes` under which a merged item has its number of units.',
  }),
  mergedPrice: z.enum(['total', 'unit']).default(DEFAULT_ORDER_RULES.mergedPrice).meta({
    description: 'Whether price and discount of a merged item are of all its units or of one.',
  }),
  bundleParent: z.enum(['ship', 'skip']).default(DEFAULT_ORDER_RULES.bundleParent).meta({
    description: 'Whether the item that stands for a bundle is a thing to ship.',
  }),
  barcodeAttribute: text(64, 1).default(DEFAULT_ORDER_RULES.barcodeAttribute),
  sameDayDeliveryTypes: z.array(label).max(50).default([]),
  cancellationReason: identifier.exactOptional().meta({
    description: 'Code of the cancellation reason for what is cancelled in Omnitron for a reason that we do not know.',
  }),
});

const stores = z.strictObject({
  stockEngine: identifier.exactOptional().meta({ description: 'Of new locations; else the only one that there is.' }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')
    .default('TR'),
  types: z.record(numericId, z.enum(['store', 'warehouse'])).default({}),
});

const pull = z.strictObject({
  enabled: z.boolean().default(false),
  everySeconds: z.number().min(1).max(86_400).default(60),
});

/** The connection as it is written. */
export const omnitronConnection = z
  .strictObject({
    url: outgoingUrl.exactOptional().meta({
      description: 'Where Omnitron answers, without `api/`. Left out: Omnitron calls us, and we call nobody.',
    }),
    auth: z
      .strictObject({
        username: text(256, 1),
        password: text(4096, 1).exactOptional().meta({ writeOnly: true }),
      })
      .exactOptional()
      .meta({ description: 'An Omnitron user. `password` is write-only; left out, it stays as it is.' }),
    timeoutMs: z.int().min(100).max(60_000).default(10_000),
    orders: orders.prefault({}),
    stores: stores.prefault({}),
    shippingCompanies: z.record(identifier, text(128, 1)).default({}).meta({
      description: "Omnitron's code of the shipping company by the code of our carrier.",
    }),
    pull: pull.prefault({}),
    synchronise: z.boolean().default(true).meta({ description: 'Whether we report how orders get on.' }),
  })
  .refine(({ url, auth }) => (url === undefined) === (auth === undefined), {
    message: 'url and auth are given together or not at all',
    path: ['auth'],
  })
  .refine(({ url, pull: { enabled } }) => !enabled || url !== undefined, {
    message: 'there is no url to fetch from',
    path: ['pull', 'enabled'],
  })
  .meta({ id: 'OmnitronConnection', description: 'How the brand and its Omnitron work together.' });

export const omnitronConnectionView = z
  .object({
    ...omnitronConnection.shape,
    auth: z.object({ username: z.string() }).optional(),
    ...stamp.shape,
  })
  .meta({ id: 'OmnitronConnectionView' });
