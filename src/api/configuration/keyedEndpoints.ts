import type { Endpoint } from '../endpoint.js';
import { deleteEndpoint } from './deleteEndpoint.js';
import { listEndpoint } from './listEndpoint.js';
import { putEndpoint } from './putEndpoint.js';
import { readEndpoint } from './readEndpoint.js';
import type { Resource } from './resource.js';

/** List, read, create or replace, and delete: the same for every kind of configuration object. */
export function keyedEndpoints<Value extends object>(resource: Resource<Value>): Endpoint[] {
  return [listEndpoint(resource), readEndpoint(resource), putEndpoint(resource), deleteEndpoint(resource)];
}
