import type { AuditRepository } from '../store/audit.js';

interface RefusedSignal {
  readonly subject: string;
  /** As it was sent; anybody can send a signal, so nothing about it is certain. */
  readonly command: { readonly command?: unknown; readonly id?: string; readonly by?: string };
  readonly detail: string;
  /** Workflow time in ms. */
  readonly at: number;
}

export type AuditActivities = ReturnType<typeof createAuditActivities>;

export function createAuditActivities({ audit }: { audit: AuditRepository }) {
  return {
    /** A signal has no answer, so what was refused is kept where people can find it. */
    async recordRefusedSignal({ subject, command, detail, at }: RefusedSignal): Promise<void> {
      const name = typeof command.command === 'string' ? command.command : 'unknown';
      await audit.add({
        id: `${subject}/${command.id ?? `${name}@${at}`}`,
        at: new Date(at).toISOString(),
        subject,
        command: name,
        by: command.by ?? 'signal',
        outcome: 'refused',
        detail,
      });
    },
  };
}
