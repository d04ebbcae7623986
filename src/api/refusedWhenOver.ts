import { OmsError } from '../platform/errors.js';
import type { AuditRepository } from '../store/audit.js';
import { carriedOutBy, isRepeat } from './carriedOut.js';

interface Sent<Stored> {
  readonly kind: 'order' | 'transfer';
  readonly number: string;
  /** The object as it is. */
  readonly found: Stored;
  readonly body: { readonly command: string };
  /** Its `Idempotency-Key`. */
  readonly id: string | undefined;
}

/**
 * Answers what `ask` answers. A command to what has ended meanwhile is one that its state does not allow, unless it is
 * the repeat of one that was carried out before.
 */
export async function refusedWhenOver<Stored extends { readonly state: string }>(
  audit: Pick<AuditRepository, 'carriedOut'>,
  { kind, number, found, body, id }: Sent<Stored>,
  ask: () => Promise<Stored>,
): Promise<Stored> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof OmsError && error.code === 'workflow.ended')) throw error;
    if (isRepeat(await carriedOutBy(audit, `${kind}/${number}`), body, id)) return found;
    throw new OmsError(`${kind}.illegal_transition`, `${body.command} is not possible: the ${kind} has ended`, {
      context: { state: found.state, allowed: [] },
    });
  }
}
