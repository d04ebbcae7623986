import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';

const alive = z.object({ status: z.literal('ok') });

const readiness = z.object({
  status: z.enum(['ok', 'unavailable']),
  parts: z.record(z.string(), z.string()).meta({ description: '`ok`, or what is wrong with the part.' }),
});

const json = (description: string, schema: z.ZodType) => ({ description, content: { 'application/json': { schema } } });

/** The operations pages, which need no key. */
export const healthPaths: ZodOpenApiPathsObject = {
  '/healthz': {
    get: {
      tags: ['Operations'],
      summary: 'The process is alive',
      security: [],
      responses: { 200: json('It is.', alive) },
    },
  },
  '/readyz': {
    get: {
      tags: ['Operations'],
      summary: 'The process can do its work',
      security: [],
      responses: { 200: json('It can.', readiness), 503: json('It cannot at the moment.', readiness) },
    },
  },
};
