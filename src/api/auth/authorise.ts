import { OmsError } from '../../platform/errors.js';
import type { Endpoint } from '../endpoint.js';
import type { Caller } from './caller.js';

/** @throws {OmsError} `request.forbidden` when the caller's role may not call the endpoint. */
export function authorise({ roles }: Pick<Endpoint, 'roles'>, { role }: Caller): void {
  if (role === 'admin' || roles.includes(role)) return;
  throw new OmsError('request.forbidden', `A key with the role ${role} may not do that`);
}
