import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { addressOf, findVisible, type Resource } from './resource.js';

export function readEndpoint<Value extends object>(resource: Resource<Value>) {
  const { tag, noun, view, readers, show } = resource;
  const { path, params: address, keyOf } = addressOf(resource);
  return endpoint({
    method: 'get',
    path,
    tag,
    summary: `Read a ${noun}`,
    roles: readers,
    request: { params: address },
    replies: { 200: view },
    errors: ['resource.not_found'],
    handle: async ({ params, caller }) => {
      const code = keyOf(params);
      const found = await findVisible(resource, code, caller);
      if (!found) throw notFound(noun, code);
      return { status: 200, headers: withEtag(found.version), body: show?.(found) ?? found };
    },
  });
}
