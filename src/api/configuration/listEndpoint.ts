import { pageOf, pageQuery } from '../../schemas/page.js';
import type { ConfigurationFilter } from '../../store/versioned.js';
import type { PageRequest } from '../../store/page.js';
import { endpoint } from '../endpoint.js';
import type { Resource } from './resource.js';

export function listEndpoint<Value extends object>(resource: Resource<Value>) {
  const { path, tag, noun, view, repository, readers, filters = {}, visible, show } = resource;
  return endpoint({
    method: 'get',
    path,
    tag,
    summary: `List every ${noun}`,
    roles: readers,
    list: 'cursor',
    request: { query: pageQuery.extend(filters) },
    replies: { 200: pageOf(view) },
    handle: async ({ query, caller }) => {
      const { limit, cursor, ...fields } = query as PageRequest & NonNullable<ConfigurationFilter['fields']>;
      const keys = visible?.(caller);
      const page = await repository.list(
        { limit, ...(cursor !== undefined && { cursor }) },
        { fields, ...(keys && { keys }) },
      );
      return { status: 200, body: { items: page.items.map((item) => show?.(item) ?? item), next: page.next } };
    },
  });
}
