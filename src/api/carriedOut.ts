import { contentOf } from '../domain/audit/audit.js';
import type { Subject } from '../domain/events/event.js';
import type { AuditRepository } from '../store/audit.js';
import { REMEMBERED, type Handled } from '../workflows/handledCommands.js';

type Audit = Pick<AuditRepository, 'carriedOut'>;

/** The commands that an object has carried out, as its workflow remembered them, the oldest first. */
export async function carriedOutBy(audit: Audit, subject: Subject): Promise<Handled[]> {
  const entries = await audit.carriedOut(subject, REMEMBERED);
  return entries.reverse().flatMap(({ commandId: id, by, content }) => (id && content ? [{ id, by, content }] : []));
}

/** Whether a command is one that was carried out, by whichever way it came. */
export const isRepeat = (handled: readonly Handled[], command: object, id: string | undefined): boolean =>
  id !== undefined && handled.some((entry) => entry.id === id && entry.content === contentOf(command));
