import { digest } from '../digest.js';
import type { Instant } from '../order/order.js';

/**
 * How a command came: by the API, by our CLI or console over the API, straight to the workflow by Signal or
 * Update, or from the system itself.
 */
export const WAYS = ['api', 'cli', 'console', 'signal', 'system'] as const;
export type Way = (typeof WAYS)[number];

export const AUDIT_OUTCOMES = ['accepted', 'refused'] as const;

/** Who did what when, by which way and with which effect. No personal data: states, codes and numbers only. */
export interface AuditEntry {
  /** Makes writing it repeatable. */
  readonly id: string;
  readonly at: Instant;
  /** `order/<number>`, `package/<number>`, or what else was changed. */
  readonly subject: string;
  readonly command: string;
  /** Id of an API key; `signal` for a sender that Temporal does not name; an object for the system. */
  readonly by: string;
  readonly way: Way;
  readonly outcome: (typeof AUDIT_OUTCOMES)[number];
  /** The state, or for configuration the version, before and after. */
  readonly before: string | null;
  readonly after: string | null;
  /** Version of the subject that the command made, or found when it was refused. */
  readonly version: number;
  /** Why it was refused, or which part was changed. */
  readonly detail: string | null;
  /** Under which id it was sent, where it had one. */
  readonly commandId: string | null;
  /** Digest of what it asked for: tells it from another under the same id. */
  readonly content: string | null;
}

const MOST_DETAIL = 1_024;

/** An entry of bounded size, whatever a sender said. */
export const auditEntry = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  command: entry.command.slice(0, 64),
  by: entry.by.slice(0, 128),
  commandId: entry.commandId === null ? null : entry.commandId.slice(0, 255),
  detail: entry.detail === null ? null : entry.detail.slice(0, MOST_DETAIL),
});

/** Who asked for a step of an order or a package, and where that was then. */
export interface Cause {
  readonly command: string;
  readonly by: string;
  readonly way: Way;
  readonly before: string | null;
  readonly commandId: string | null;
  readonly content: string | null;
}

interface Sender {
  readonly command: string;
  readonly id?: string;
  readonly by?: string;
  readonly way?: Way;
}

/** Who sent a command: whoever gives no name came straight to the workflow. */
export function causeOf(sent: Sender, before: string): Cause {
  const { command, id: commandId = null, way = 'signal' } = sent;
  return { command, by: senderOf(sent), way, before, commandId, content: commandId === null ? null : contentOf(sent) };
}

/** The name of whoever sent it; a sender without one came straight to the workflow. */
export const senderOf = ({ by = 'signal' }: { readonly by?: string }): string => by;

/** Digest of what a command asks for, whoever sends it, by which way and under which id. */
export function contentOf(command: object): string {
  const { id: _, by: __, way: ___, role: ____, ...content } = command as Record<string, unknown>;
  return digest(JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1))));
}
