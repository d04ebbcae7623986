import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';

import { ERRORS, type ErrorCode } from '../../platform/errors.js';
import { problem } from '../../schemas/problem.js';
import type { Endpoint } from '../endpoint.js';

const IDEMPOTENCY_KEY = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .meta({ description: 'Repeats with the same key and body get the first answer again, for 24 hours.' });

const IF_MATCH = z.string().optional().meta({ description: 'The `ETag` that was read.' });

/** How an endpoint appears in the OpenAPI document. */
export function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { summary, tag, roles, request } = endpoint;
  return {
    operationId: operationId(endpoint),
    summary,
    tags: [tag],
    description: `Roles: ${['admin', ...roles].map((role) => `\`${role}\``).join(', ')}.`,
    requestParams: {
      ...(request.params && { path: request.params as z.ZodObject }),
      ...(request.query && { query: request.query as z.ZodObject }),
      header: z.object({
        ...(endpoint.idempotent && { 'Idempotency-Key': IDEMPOTENCY_KEY }),
        ...(needsMatch(endpoint) && { 'If-Match': IF_MATCH }),
      }),
    },
    ...(request.body && { requestBody: { content: { 'application/json': { schema: request.body } } } }),
    responses: { ...repliesOf(endpoint), ...problemsOf(endpoint) },
  };
}

/** `putDenialReasonsByCode` */
function operationId({ method, path }: Endpoint): string {
  const words = path.split('/').flatMap((part) => part.replace(/^\{(\w+)\}$/, 'by-$1').split('-'));
  return [
    method,
    ...words.filter((word) => word !== '').map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
}

const needsMatch = ({ errors = [] }: Endpoint) => errors.includes('version.required');

function repliesOf({ replies, list, produces }: Endpoint): ZodOpenApiResponsesObject {
  const entries = Object.entries(replies).map(([status, schema]) => {
    if (schema === null) return [status, { description: 'Done.' }] as const;
    if (produces !== undefined) {
      const content = Object.fromEntries(produces.map((type) => [type, { schema }]));
      return [status, { description: 'Done.', content }] as const;
    }
    const csv = list === undefined ? {} : { 'text/csv': { schema: z.string() } };
    return [status, { description: 'Done.', content: { 'application/json': { schema }, ...csv } }] as const;
  });
  return Object.fromEntries(entries);
}

/** What every endpoint can answer, by what it takes. */
function commonErrors({ method, idempotent }: Endpoint): ErrorCode[] {
  const takesBody = method === 'post' || method === 'put' || method === 'patch';
  return [
    'request.malformed',
    'request.unauthenticated',
    'request.forbidden',
    'request.not_acceptable',
    ...(takesBody ? (['request.too_large', 'request.unsupported_media_type'] as const) : []),
    ...(idempotent ? (['idempotency.in_progress', 'idempotency.key_reused'] as const) : []),
    'request.too_many',
    'internal',
    'service.unavailable',
  ];
}

function problemsOf(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const codes = [...new Set([...commonErrors(endpoint), ...(endpoint.errors ?? [])])];
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))];
  const entries = statuses.map((status) => {
    const group = codes.filter((code) => ERRORS[code].status === status);
    const description = group.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' ');
    return [String(status), { description, content: { 'application/problem+json': { schema: problem } } }] as const;
  });
  return Object.fromEntries(entries);
}
