import { z } from 'zod';

import { packageParams } from './packageRequests.js';

const language = z.enum(['en', 'tr']).default('en').meta({ description: 'Of what is printed beside the data.' });

export const documentQuery = z.strictObject({ language });

/** As many as are printed at once without anybody waiting long. */
const MOST = 100;

export const documentBatch = z.strictObject({
  number: z
    .union([packageParams.shape.number, z.array(packageParams.shape.number)])
    .transform((given) => [...new Set([given].flat())])
    .pipe(z.array(z.string()).min(1).max(MOST))
    .meta({ description: `A package number; may be given up to ${MOST} times.` }),
  language,
});

/** The body is no JSON; tells so in the OpenAPI document. */
export const pdfDocument = z.string().meta({ id: 'PdfDocument', format: 'binary', description: 'A PDF of A4 pages.' });

/** A document that somebody else has made. */
export const keptDocument = z.string().meta({ id: 'KeptDocument', format: 'binary', description: 'As it came to us.' });

export const labelQuery = z.strictObject({
  parcel: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST)
    .default(0)
    .meta({ description: 'Number of the parcel, from 1 on; 0 for the label of the whole shipment.' }),
});
