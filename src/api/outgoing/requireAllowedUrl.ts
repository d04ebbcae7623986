import { OmsError } from '../../platform/errors.js';
import type { ApiDependencies } from '../dependencies.js';

/** @throws {OmsError} `egress.refused` when outgoing calls may not go there. An absent URL is fine. */
export function requireAllowedUrl(
  checkUrl: ApiDependencies['checkUrl'],
  url: string | undefined,
  pointer: string,
): void {
  const refusal = url === undefined ? null : checkUrl(url);
  if (refusal !== null)
    throw new OmsError('egress.refused', `The address ${refusal}`, { errors: [{ pointer, detail: refusal }] });
}
