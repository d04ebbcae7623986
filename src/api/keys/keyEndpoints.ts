import { OmsError } from '../../platform/errors.js';
import { apiKeyParams, apiKeyView, createdApiKey, newApiKey } from '../../schemas/apiKey.js';
import { pageOf, pageQuery } from '../../schemas/page.js';
import type { ApiKeyRecord } from '../../store/apiKeys.js';
import { generateApiKey } from '../auth/apiKey.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';

type KeyDependencies = Pick<ApiDependencies, 'configuration' | 'keyEnvironment' | 'now'>;

const common = { tag: 'Keys', roles: MAY.administer };

export const keyEndpoints = (dependencies: KeyDependencies) => [
  listKeys(dependencies),
  createKey(dependencies),
  readKey(dependencies),
  deleteKey(dependencies),
];

const listKeys = ({ configuration: { apiKeys } }: KeyDependencies) =>
  endpoint({
    ...common,
    method: 'get',
    path: '/keys',
    summary: 'List the API keys',
    list: 'cursor',
    request: { query: pageQuery },
    replies: { 200: pageOf(apiKeyView) },
    handle: async ({ query }) => {
      const page = await apiKeys.list(query);
      return { status: 200, body: { items: page.items.map(toView), next: page.next } };
    },
  });

const createKey = ({ configuration: { apiKeys }, keyEnvironment, now }: KeyDependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/keys',
    summary: 'Make an API key; the answer is the only place where it is shown',
    idempotent: true,
    request: { body: newApiKey },
    replies: { 201: createdApiKey },
    errors: ['request.unprocessable'],
    handle: async ({ body: { name, role, locations = null, expiresAt = null }, caller }) => {
      const createdAt = now().toISOString();
      if (expiresAt !== null && new Date(expiresAt) <= now()) throw alreadyExpired();
      const { id, key, secretHash } = generateApiKey(keyEnvironment);
      const record = { id, name, role, locations, secretHash, createdAt, createdBy: caller.id, expiresAt };
      await apiKeys.insert(record);
      return { status: 201, headers: { location: `/v1/keys/${id}` }, body: { ...toView(record), key } };
    },
  });

const readKey = ({ configuration: { apiKeys } }: KeyDependencies) =>
  endpoint({
    ...common,
    method: 'get',
    path: '/keys/{id}',
    summary: 'Read what a key may do',
    request: { params: apiKeyParams },
    replies: { 200: apiKeyView },
    errors: ['resource.not_found'],
    handle: async ({ params: { id } }) => {
      const found = await apiKeys.find(id);
      if (!found) throw notFound('key', id);
      return { status: 200, body: toView(found) };
    },
  });

const deleteKey = ({ configuration: { apiKeys } }: KeyDependencies) =>
  endpoint({
    ...common,
    method: 'delete',
    path: '/keys/{id}',
    summary: 'End a key at once',
    request: { params: apiKeyParams },
    replies: { 204: null },
    errors: ['resource.not_found'],
    handle: async ({ params: { id } }) => {
      if (!(await apiKeys.remove(id))) throw notFound('key', id);
      return { status: 204 };
    },
  });

const toView = ({ secretHash: _, ...shown }: ApiKeyRecord) => shown;

const alreadyExpired = () =>
  new OmsError('request.unprocessable', 'The key would never be valid', {
    errors: [{ pointer: '/expiresAt', detail: 'must lie in the future' }],
  });
