import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { CancellationScope, log, setHandler } from '@temporalio/workflow';

import type { Lifecycle } from '../domain/lifecycle/lifecycle.js';
import { named } from './access.js';
import { persist } from './activities.js';
import type { HandledCommands } from './handledCommands.js';
import type { Sent } from './messages.js';
import { reasonOf } from './refusals.js';
import type { Turns } from './turns.js';

interface Versioned {
  readonly state: string;
  readonly version: number;
}

/** An object that takes commands, one after the other. */
interface Commandable<Command, State extends Versioned> {
  readonly turns: Turns;
  readonly handled: HandledCommands;
  readonly record: State;
  /** The validator of the update: a repeat passes, because it will be answered and not carried out. */
  validate(command: Sent<Command>): void;
  /** Runs what a command asks for, and has the first record of it tell who asked. */
  caused(command: Sent<Command>, step: () => Promise<void>): Promise<void>;
  /** Refuses what cannot be done now. */
  guard(command: Sent<Command>): void;
}

interface Ways<Command, State> {
  readonly update: UpdateDefinition<State, [Sent<Command>]>;
  readonly signal: SignalDefinition<[Sent<Command>]>;
  /** As events and the audit log name the object. */
  readonly subject: string;
  /** Whose names for commands are taken beside ours; an order has none. */
  readonly lifecycle?: Lifecycle<string, string>;
  readonly carryOut: (command: Command) => Promise<void>;
}

/** Takes commands by update and by signal: each once, in its turn, and looked at again when the turn comes. */
export function takeCommands<Command extends { readonly command: string }, State extends Versioned>(
  target: Commandable<Command, State>,
  { update, signal, subject, lifecycle, carryOut }: Ways<Command, State>,
): void {
  const meant = (sent: Sent<Command>) => (lifecycle ? named(lifecycle, sent) : sent);
  const obey = (command: Sent<Command>): Promise<State> =>
    target.turns.take(async () => {
      if (target.handled.isRepeat(command)) return target.record;
      // Another command may have had its turn since the validator looked.
      target.guard(command);
      await target.handled.once(command, () => target.caused(command, () => carryOut(command)));
      return target.record;
    });
  setHandler(update, (sent) => obey(meant(sent)), {
    validator: (sent: Sent<Command>) => target.validate(meant(sent)),
  });
  // Nobody waits for a signal's answer, so a refused one is kept in the audit log.
  setHandler(signal, async (sent) => {
    const command = meant(sent);
    try {
      target.validate(command);
      await obey(command);
    } catch (error) {
      const detail = reasonOf(error);
      log.warn('A signalled command was refused', { subject, detail });
      const { state, version } = target.record;
      await persist('recordRefusedSignal', { subject, command, detail, state, version, at: Date.now() });
    }
  });
}

/**
 * Takes the first turn. To be called before any handler is set: what was sent before the workflow had run is
 * handed to its handler at once, and must not come before the first record.
 */
export const beginFirst = ({ turns }: { readonly turns: Turns }, begin: () => Promise<void>): Promise<void> =>
  CancellationScope.nonCancellable(() => turns.take(begin));
