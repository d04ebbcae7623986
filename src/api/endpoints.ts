import type { ApiDependencies } from './dependencies.js';
import type { Endpoint } from './endpoint.js';
import { cancellationReasonEndpoints } from './reasons/cancellationReasons.js';
import { denialReasonEndpoints } from './reasons/denialReasons.js';

/** Every endpoint below `/v1`: what is served, documented and tested. */
export function createEndpoints(dependencies: ApiDependencies): Endpoint[] {
  return [...denialReasonEndpoints(dependencies), ...cancellationReasonEndpoints(dependencies)];
}
