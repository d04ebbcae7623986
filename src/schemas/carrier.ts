import { z } from 'zod';

import { SHIPMENT_STATUSES, type ShipmentStatus } from '../domain/shipment/shipment.js';
import { identifier, label, text } from './common.js';
import { outgoingAuth, outgoingAuthView, outgoingUrl } from './outgoing.js';
import { pushSecret } from './pushSecret.js';
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
    statuses: z
      .record(
        z.string().min(1).max(64),
        z.enum(Object.keys(SHIPMENT_STATUSES) as [ShipmentStatus, ...ShipmentStatus[]]),
      )
      .refine((statuses) => Object.keys(statuses).length <= 200, 'must have at most 200 entries')
      .exactOptional()
      .meta({ description: 'What its codes mean, where we do not know it or know it otherwise; by raw code.' }),
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

export const createdCarrier = carrierView.extend({ secret: pushSecret }).meta({ id: 'CreatedCarrier' });

/** News of parcels that a carrier pushes. */
export const trackingPush = z
  .strictObject({
    events: z
      .array(
        z.strictObject({
          shipmentId: text(128, 1).meta({ description: 'As we opened it: the package number.' }),
          status: text(64, 1).meta({ description: "The carrier's own code." }),
          at: z.iso.datetime({ offset: true }),
          description: text(1_024).exactOptional(),
          trackingNumber: text(128, 1)
            .exactOptional()
            .meta({ description: 'Of the parcel, where a shipment has several.' }),
        }),
      )
      .min(1)
      .max(200),
  })
  .meta({ id: 'TrackingPush', description: 'In any order; what was told before changes nothing.' });

export const trackingPushAnswer = z
  .object({
    packages: z.int().describe('Packages that have news.'),
    unknown: z.array(z.string()).describe('Shipments that we did not open with this carrier.'),
  })
  .meta({ id: 'TrackingPushAnswer' });

export const unknownStatusesReport = z
  .object({
    items: z.array(
      z.object({
        carrier: z.string(),
        rawCode: z.string(),
        count: z.int().meta({ description: 'How often it was heard, at least.' }),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
        package: z.string().meta({ description: 'Of which it was said last.' }),
      }),
    ),
  })
  .meta({ id: 'UnknownStatuses', description: 'The latest first.' });
