import type { z } from 'zod';

import { OmsError } from '../../platform/errors.js';
import { identifier } from '../../schemas/common.js';
import type { Versioned } from '../../store/versioned.js';
import { endpoint, type Reply } from '../endpoint.js';
import { changedMeanwhile, requireMatch, requireNoMatch, withEtag } from '../serve/etag.js';
import { addressOf, type Resource } from './resource.js';

type Headers = Readonly<Record<string, string | undefined>>;

export function putEndpoint<Value extends object>(resource: Resource<Value>) {
  const { tag, noun, only, schema, view, created, writers, repository } = resource;
  const { path, params: address, keyOf } = addressOf(resource);
  return endpoint({
    method: 'put',
    path,
    tag,
    summary: `Create or replace a ${noun}`,
    roles: writers,
    request: { params: address, body: only === undefined ? withoutRequiredCode(schema) : schema },
    replies: { 200: view, 201: created?.view ?? view },
    errors: ['request.unprocessable', 'version.required', 'version.mismatch'],
    handle: async ({ params, body, headers }) => {
      const code = keyOf(params);
      const value = only === undefined ? withCode<Value>(code, body) : (body as unknown as Value);
      const found = await repository.find(code);
      return found ? replace(resource, code, value, found, headers) : create(resource, code, value, headers);
    },
  });
}

async function create<Value extends object>(resource: Resource<Value>, code: string, value: Value, headers: Headers) {
  requireNoMatch(headers);
  const prepared = (await resource.prepare?.(value, null)) ?? value;
  const made = await resource.repository.create(code, prepared, resource.now());
  if (!made) throw new OmsError('version.required', 'Someone created it in the meantime');
  await resource.written?.(made, 'created');
  const location = `/v1${addressOf(resource).path.replace('{code}', code)}`;
  return reply(resource.created?.show ?? resource.show, made, 201, { location });
}

async function replace<Value extends object>(
  resource: Resource<Value>,
  code: string,
  value: Value,
  found: Versioned<Value>,
  headers: Headers,
) {
  requireMatch(headers, found.version);
  const prepared = (await resource.prepare?.(value, found)) ?? value;
  const made = await resource.repository.replace(code, prepared, found.version, resource.now());
  if (!made) throw changedMeanwhile();
  await resource.written?.(made, 'updated');
  return reply(resource.show, made, 200);
}

function reply<Value extends object>(
  show: Resource<Value>['show'] | undefined,
  stored: Versioned<Value>,
  status: number,
  headers: Reply['headers'] = {},
): Reply {
  return { status, headers: { ...headers, ...withEtag(stored.version) }, body: show?.(stored) ?? stored };
}

/** The code lies in the path; the body may repeat it. Keeps the checks of the schema, which `extend` would refuse. */
function withoutRequiredCode(schema: z.ZodObject): z.ZodObject {
  return schema.safeExtend({ code: identifier.exactOptional() });
}

function withCode<Value extends object>(code: string, body: Record<string, unknown>): Value {
  if (body['code'] === undefined || body['code'] === code) return { ...body, code } as unknown as Value;
  throw new OmsError('request.malformed', 'The code in the body is not the one in the path', {
    errors: [{ pointer: '/code', detail: `must be ${code}, as in the path, or be left out` }],
  });
}
