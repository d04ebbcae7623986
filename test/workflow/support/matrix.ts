import { WorkflowNotFoundError } from '@temporalio/client';

import type { AuditEntry } from '../../../src/domain/audit/audit.js';
import { eventually } from '../../support/eventually.js';
import type { serveWorld } from './serveWorld.js';
import type { World } from './world.js';

/** An order, a package or a transfer. */
export interface Target {
  readonly kind: 'order' | 'package' | 'transfer';
  readonly number: string;
}

interface Command {
  readonly command: string;
}

interface Standing {
  readonly state: string;
  /** What a refusal tells the caller to do instead. */
  readonly allowed: readonly string[];
}

export type Matrix = ReturnType<typeof openMatrix>;

/** Sends commands by all ways and looks at what each leaves behind. */
export function openMatrix({ records, client }: World, api: Awaited<ReturnType<typeof serveWorld>>) {
  const handleOf = ({ kind, number }: Target) => client.workflow.getHandle(`${kind}/${number}`);

  const findRecord = ({ kind, number }: Target) => {
    if (kind === 'order') return records.orders.find(number);
    return kind === 'package' ? records.packages.find(number) : records.transfers.find(number);
  };

  const eventsOf = async ({ kind, number }: Target) =>
    (await records.events.read({ subject: `${kind}/${number}`, limit: 200 })).items;

  const auditOf = async ({ kind, number }: Target): Promise<readonly AuditEntry[]> =>
    (await records.audit.list({ subject: `${kind}/${number}`, limit: 200 })).items;

  /** How the attempts of an order that waits go is noted beside its workflow. */
  const traceOf = async (target: Target) => {
    const [record, events] = await Promise.all([findRecord(target), eventsOf(target)]);
    return JSON.stringify({ record, events }, (key, value: unknown) => (key === 'nextAttemptAt' ? undefined : value));
  };

  const send = (target: Target, command: Command, headers: Record<string, string> = {}) =>
    api.call('POST', `/${target.kind}s/${target.number}/commands`, command, headers);

  const refusals = async (target: Target, of: (entry: AuditEntry) => boolean) =>
    (await auditOf(target)).filter((entry) => entry.outcome === 'refused' && of(entry));

  return {
    send,
    auditOf,

    /** The record is there a moment before its events, and before Temporal has the task that wrote it. */
    atRest: (target: Target): Promise<unknown> =>
      eventually(async () => {
        const { status, raw } = await handleOf(target).describe();
        return status.name !== 'RUNNING' || !raw.pendingWorkflowTask;
      }, `${target.number} at rest`),

    /** By API: a problem that tells state and allowed, one entry in the audit log each, and nothing else. */
    refusesByApi: async (target: Target, commands: readonly Command[], { state, allowed }: Standing): Promise<void> => {
      const before = await traceOf(target);

      for (const command of commands) {
        const { status, body } = await send(target, command);
        expect([command.command, status, body['type'], body['state'], sorted(body['allowed'])]).toEqual([
          ...[command.command, 409, `/problems/${target.kind}.illegal_transition`, state],
          sorted(allowed),
        ]);
      }

      expect(await traceOf(target)).toEqual(before);
      const entries = await refusals(target, ({ way }) => way === 'api');
      expect(sorted(entries.map(({ command }) => command))).toEqual(sorted(commands.map(({ command }) => command)));
      for (const entry of entries) expect(entry).toMatchObject({ before: state, after: state });
    },

    /** By Signal, which nobody answers: one entry in the audit log each, and nothing else. */
    refusesBySignal: async (target: Target, commands: readonly Command[], { state }: Standing): Promise<void> => {
      const before = await traceOf(target);

      for (const command of commands) await handleOf(target).signal('command', { ...command, by: 'matrix' });

      const entries = await eventually(async () => {
        const found = await refusals(target, ({ by }) => by === 'matrix');
        return found.length === commands.length && found;
      }, `${commands.length} refusals of ${target.number}`);
      for (const entry of entries) expect(entry).toMatchObject({ way: 'signal', before: state, after: state });
      expect(await traceOf(target)).toEqual(before);
    },

    /** What has ended has nobody who could hear a signal. */
    hearsNothing: async (target: Target, command: Command): Promise<void> => {
      await expect(handleOf(target).signal('command', command)).rejects.toThrow(WorkflowNotFoundError);
      expect(await send(target, command, { prefer: 'respond-async' })).toMatchObject({ status: 409 });
    },

    /** Carried out: the audit log tells from where to where, and the events have no gap. */
    accepted: async (target: Target, { command }: Command, from?: string, to?: readonly string[]): Promise<void> => {
      const entry = await eventually(
        async () =>
          (await auditOf(target)).find(
            ({ before, ...found }) =>
              found.command === command && found.outcome === 'accepted' && (from ?? before) === before,
          ),
        `${command} of ${target.number} in the audit log`,
      );
      if (to !== undefined) expect(to).toContain(entry.after);
      const sequences = (await eventsOf(target)).map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    },

    signal: (target: Target, command: Command) => handleOf(target).signal('command', { ...command, by: 'matrix' }),
  };
}

const sorted = (names: unknown): unknown => (Array.isArray(names) ? [...(names as string[])].sort() : names);
