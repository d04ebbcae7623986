import { OmsError } from '../../platform/errors.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { addressOf, type Resource } from './resource.js';

export function deleteEndpoint<Value extends object>(resource: Resource<Value>) {
  const { tag, noun, writers, repository, inUse, now } = resource;
  const { path, params: address, keyOf } = addressOf(resource);
  return endpoint({
    method: 'delete',
    path,
    tag,
    summary: `Delete a ${noun}`,
    roles: writers,
    request: { params: address },
    replies: { 204: null },
    errors: inUse ? ['resource.not_found', 'resource.in_use'] : ['resource.not_found'],
    handle: async ({ params }) => {
      const code = keyOf(params);
      const why = (await inUse?.(code)) ?? null;
      if (why !== null) throw new OmsError('resource.in_use', why);
      if (!(await repository.remove(code, now()))) throw notFound(noun, code);
      return { status: 204 };
    },
  });
}
