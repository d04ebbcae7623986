import { commandNamed, mayRun } from '../domain/lifecycle/changes.js';
import type { Lifecycle, Transition } from '../domain/lifecycle/lifecycle.js';
import { refusal } from './failures.js';
import type { Sent } from './messages.js';

interface Named {
  readonly command: string;
}

/** The command under its name, also where the brand's own name for it was sent. Signals bring any shape. */
export function named<Command extends Named>(lifecycle: Lifecycle<string, string>, sent: Sent<Command>): Sent<Command> {
  const given: unknown = (sent as Partial<Named> | undefined)?.command;
  return typeof given === 'string' ? { ...sent, command: commandNamed(lifecycle, given) } : sent;
}

/** @throws {ApplicationFailure} `request.forbidden` when the life cycle keeps the transition from the sender's role. */
export function requireAccess({ options }: Transition<string, string>, { command, role }: Sent<Named>): void {
  if (mayRun(options, role)) return;
  throw refusal('request.forbidden', `${command} is not for ${role ?? 'a sender without a role'}`);
}
