import { auditEntry, WAYS, type Cause, type Way } from '../domain/audit/audit.js';
import type { AuditRepository } from '../store/audit.js';

/** The subject as it is. */
interface Present {
  readonly subject: string;
  readonly state: string;
  readonly version: number;
  /** Workflow time in ms. */
  readonly at: number;
}

interface RefusedSignal extends Present {
  /** As it was sent; anybody can send a signal, so nothing about it is certain. */
  readonly command: { readonly command?: unknown; readonly id?: string; readonly by?: string; readonly way?: Way };
  readonly detail: string;
}

interface CarriedOut extends Present {
  readonly cause: Cause;
}

export type AuditActivities = ReturnType<typeof createAuditActivities>;

export function createAuditActivities({ audit }: { audit: AuditRepository }) {
  return {
    /** A signal has no answer, so what was refused is kept where people can find it. */
    async recordRefusedSignal({ subject, command, detail, state, version, at }: RefusedSignal): Promise<void> {
      const name = typeof command.command === 'string' ? command.command : 'unknown';
      const entry = auditEntry({
        id: `${subject}/${String(command.id ?? `${name}@${at}`)}`,
        at: new Date(at).toISOString(),
        ...{ subject, command: name, by: String(command.by ?? 'signal') },
        way: WAYS.find((way) => way === command.way) ?? 'signal',
        outcome: 'refused',
        ...{ before: state, after: state, version, detail },
        ...{ commandId: command.id === undefined ? null : String(command.id), content: null },
      });
      await audit.add(entry, at);
    },

    /** A command whose step wrote nothing, or was not one step. Those of one step are written with it. */
    async recordCommand({ subject, cause, state: after, version, at }: CarriedOut): Promise<void> {
      await audit.add(acceptedEntry({ subject, cause, after, version, at }), at);
    },
  };
}

/** One entry for a version that a command made. */
export function acceptedEntry(step: {
  readonly subject: string;
  readonly cause: Cause;
  readonly after: string;
  readonly version: number;
  readonly at: number;
}) {
  const { subject, cause, after, version, at } = step;
  return auditEntry({
    id: `${subject}#${version}/${cause.command}`,
    at: new Date(at).toISOString(),
    ...{ subject, ...cause, outcome: 'accepted', after, version, detail: null },
  });
}
