import { z } from 'zod';

/** Problem details of RFC 9457. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'Names the kind of problem: `/problems/<code>`, a page of ours.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'Path of the request.' }),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON pointer into the body, or the name of a parameter.' }),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'Why a request was not carried out; some kinds carry more members.' });
