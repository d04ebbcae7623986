import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';

import { EVENT_TYPES } from '../domain/events/event.js';
import { dataSchemaOf } from '../schemas/eventCatalogue.js';
import { event } from '../schemas/event.js';
import type { ApiDependencies } from './dependencies.js';
import type { Endpoint } from './endpoint.js';
import { createEndpoints } from './endpoints.js';
import { hollow } from './docs/hollow.js';
import { healthPaths } from './docs/healthPaths.js';
import { operationOf } from './docs/operationOf.js';

const DESCRIPTION = `Orders in, packages out. Every request needs a key: \`Authorization: Bearer oms_<env>_<id>_<secret>\`.

Errors are problem details (RFC 9457). POSTs that change something take an \`Idempotency-Key\`; configuration has
an \`ETag\`, and changing it needs \`If-Match\`. Lists come in pages, also as \`text/csv\`. Enums may grow.`;

/** The document of the whole API, from the very endpoints that are served and the schemas that parse. */
export function buildOpenApi(endpoints: readonly Endpoint[] = createEndpoints(hollow<ApiDependencies>())) {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'OMS',
        version: '1',
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      security: [{ key: [] }],
      tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
      paths: { ...pathsOf(endpoints), ...healthPaths },
      webhooks: webhooks(),
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    // Fields that no schema restricts, such as the data of an event.
    { allowEmptySchema: { unknown: true } },
  );
}

function pathsOf(endpoints: readonly Endpoint[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = `/v1${endpoint.path}` as const;
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return paths;
}

function webhooks(): ZodOpenApiPathsObject {
  const entries = EVENT_TYPES.map((type) => {
    const body = event.extend({ data: dataSchemaOf(type) }).omit({ type: true });
    const schema = body.extend({ type: event.shape.type.extract([type]) });
    const post = {
      summary: type,
      tags: ['Announced events'],
      requestBody: { content: { 'application/json': { schema } } },
      responses: { '2XX': { description: 'Taken. Anything else is tried again.' } },
    };
    return [type, { post }] as const;
  });
  return Object.fromEntries(entries);
}
