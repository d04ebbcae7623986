import { OmsError } from '../../platform/errors.js';
import { codeParams } from '../../schemas/codeParams.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import type { Resource } from './resource.js';

export function deleteEndpoint<Value extends object>(resource: Resource<Value>) {
  const { path, tag, noun, writers, repository, inUse, now } = resource;
  return endpoint({
    method: 'delete',
    path: `${path}/{code}`,
    tag,
    summary: `Delete a ${noun}`,
    roles: writers,
    request: { params: codeParams },
    replies: { 204: null },
    errors: inUse ? ['resource.not_found', 'resource.in_use'] : ['resource.not_found'],
    handle: async ({ params: { code } }) => {
      const why = (await inUse?.(code)) ?? null;
      if (why !== null) throw new OmsError('resource.in_use', why);
      if (!(await repository.remove(code, now()))) throw notFound(noun, code);
      return { status: 204 };
    },
  });
}
