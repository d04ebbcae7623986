import { mayRun } from '../../domain/lifecycle/changes.js';
import { findTransition, type Lifecycle } from '../../domain/lifecycle/lifecycle.js';
import { OmsError } from '../../platform/errors.js';
import type { Caller } from '../auth/caller.js';

/**
 * Refuses what the life cycle keeps from the caller's role, before anything else of the command is judged; the
 * workflow looks again, since the object may have moved.
 *
 * @throws {OmsError} `request.forbidden`
 */
export function requireAccess<State extends string>(
  lifecycle: Lifecycle<State, string>,
  { number, state }: { readonly number: string; readonly state: State },
  command: string,
  { role }: Caller,
): void {
  const row = findTransition(lifecycle, state, command);
  if (!row || mayRun(row.options, role)) return;
  throw new OmsError('request.forbidden', `A key with the role ${role} may not ${command} ${number} as it is`);
}
