import { codeParams } from '../../schemas/codeParams.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { withEtag } from '../serve/etag.js';
import { findVisible, type Resource } from './resource.js';

export function readEndpoint<Value extends object>(resource: Resource<Value>) {
  const { path, tag, noun, view, readers, show } = resource;
  return endpoint({
    method: 'get',
    path: `${path}/{code}`,
    tag,
    summary: `Read a ${noun}`,
    roles: readers,
    request: { params: codeParams },
    replies: { 200: view },
    errors: ['resource.not_found'],
    handle: async ({ params: { code }, caller }) => {
      const found = await findVisible(resource, code, caller);
      if (!found) throw notFound(noun, code);
      return { status: 200, headers: withEtag(found.version), body: show?.(found) ?? found };
    },
  });
}
