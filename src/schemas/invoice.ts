import { z } from 'zod';

import { text } from './common.js';

/** Characters of a document in base64: 5 MiB. */
const LONGEST_CONTENT = 7_000_000;

const amount = z.int().meta({ description: 'In whole minor units of `currency`.' });
const address = z.object({
  country: z.string(),
  state: z.string().optional(),
  district: z.string().optional(),
  neighbourhood: z.string().optional(),
  line: z.string().optional(),
  postcode: z.string().optional(),
});

/** What we send to an invoice service: one invoice for one package. */
export const invoiceQuestion = z
  .object({
    package: z.string().meta({ description: 'Its number; also the `Idempotency-Key`. One package has one invoice.' }),
    order: z.string(),
    location: z.string(),
    channel: z.string(),
    number: z
      .string()
      .optional()
      .meta({ description: 'The number that the invoice must have, where numbers are ours.' }),
    currency: z.string(),
    placedAt: z.iso.datetime(),
    paymentType: z.string(),
    customer: z.object({
      type: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      email: z.string().optional(),
      phone: z.string().optional(),
    }),
    billingAddress: address,
    shippingAddress: address,
    items: z.array(
      z.object({
        id: z.string(),
        lineId: z.string(),
        sku: z.string(),
        name: z.string(),
        quantity: z.int(),
        unitPrice: amount,
        discount: amount.meta({ description: 'Part of these units in the discount of the line.' }),
        net: amount.meta({ description: '`unitPrice` times `quantity` less `discount`; tax included.' }),
        taxRate: z.number().meta({ description: 'Percent.' }),
      }),
    ),
    total: amount.meta({ description: 'Sum of `net`.' }),
    cashOnDelivery: amount.nullable().meta({ description: 'What the courier collects; null when it is paid.' }),
  })
  .meta({ id: 'InvoiceQuestion', description: 'The invoice that is asked for.' });

export type InvoiceQuestion = z.output<typeof invoiceQuestion>;

/** What an invoice service answers with 200 or 201. What else it tells is its own. */
export const invoiceAnswer = z
  .object({
    number: text(128, 1).optional().meta({ description: 'Required, but where numbers are ours.' }),
    type: text(64, 1).meta({ description: 'Kind of document in your words, such as `e-archive`.' }),
    date: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_048)
      .nullish()
      .meta({ description: 'Where the document can be fetched.' }),
    content: z
      .base64()
      .max(LONGEST_CONTENT)
      .nullish()
      .meta({ description: 'The document itself: PDF, PNG or JPEG in base64, at most 5 MiB.' }),
  })
  .meta({ id: 'InvoiceAnswer' });
