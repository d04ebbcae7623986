import { z } from 'zod';

import { identifier, label, text } from './common.js';
import { outgoingAuth, outgoingAuthView, outgoingUrl } from './outgoing.js';
import { stamp } from './stamp.js';

/** A carrier as it is written. */
export const carrier = z
  .strictObject({
    code: identifier,
    name: text(256, 1),
    adapter: z
      .enum(['shipment-flow', 'manual'])
      .default('manual')
      .meta({ description: '`manual`: no interface; people type the tracking number.' }),
    url: outgoingUrl.exactOptional().meta({ description: 'Base of the interface; required for `shipment-flow`.' }),
    auth: outgoingAuth.default({ type: 'anonymous' }),
    shippingOptions: z
      .array(label)
      .max(100)
      .default([])
      .meta({ description: 'Shipping options that it serves; empty means all.' }),
    collects: z
      .array(label)
      .max(50)
      .default([])
      .meta({ description: 'Payment types of orders whose money its couriers collect, such as `cash_on_delivery`.' }),
    active: z.boolean().default(true),
    priority: z.int().min(0).max(1_000_000).default(100),
  })
  .refine(({ adapter, url }) => adapter === 'manual' || url !== undefined, {
    message: 'is required for this adapter',
    path: ['url'],
  })
  .meta({ id: 'Carrier', description: 'A carrier that takes parcels.' });

export const carrierView = z
  .object({ ...carrier.shape, auth: outgoingAuthView, ...stamp.shape })
  .meta({ id: 'CarrierView' });
