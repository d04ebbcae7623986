import { contentOf, senderOf } from '../domain/audit/audit.js';
import { refusal } from './failures.js';

/** Ids that are remembered; older ones are forgotten first. */
export const REMEMBERED = 200;

interface Identified {
  readonly id?: string;
  readonly by?: string;
  readonly way?: string;
  readonly role?: string;
}

/** A command that was carried out. */
export interface Handled {
  readonly id: string;
  readonly by: string;
  /** Tells its content from any other under the same id. */
  readonly content: string;
}

/**
 * The commands that were carried out, so that a repeat has no second effect, whichever way it comes: an
 * update and a signal with the same id and content are one command.
 */
export class HandledCommands {
  /** @param entries Where they are kept. */
  constructor(private readonly entries: Handled[]) {}

  /**
   * @throws {ApplicationFailure} `idempotency.key_reused` when the same sender used the id for something else.
   */
  isRepeat(command: Identified): boolean {
    const known = this.entries.filter(({ id }) => id === command.id);
    if (command.id === undefined || known.length === 0) return false;
    const content = contentOf(command);
    if (known.some((entry) => entry.content === content)) return true;
    if (known.some(({ by }) => by === senderOf(command))) {
      throw refusal('idempotency.key_reused', 'The id was used for another command');
    }
    return false;
  }

  /** Carries the command out and remembers it; one that was refused may be sent again under its id. */
  async once(command: Identified, step: () => Promise<void>): Promise<void> {
    if (command.id === undefined) return step();
    // Remembered from its beginning, so that a repeat that comes meanwhile waits for it instead of being refused.
    const entry = { id: command.id, by: senderOf(command), content: contentOf(command) };
    this.entries.push(entry);
    try {
      await step();
    } catch (error) {
      this.entries.splice(this.entries.indexOf(entry), 1);
      throw error;
    }
    if (this.entries.length > REMEMBERED) this.entries.shift();
  }
}
