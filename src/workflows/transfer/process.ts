import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

import type { MissingGoods } from '../../activities/missingNotes.js';
import { causeOf, type Cause } from '../../domain/audit/audit.js';
import { draftEvents, type EventType } from '../../domain/events/event.js';
import { allowedCommands, findTransition, isFinal } from '../../domain/lifecycle/lifecycle.js';
import { DEFAULT_LIFECYCLE, transferLifecycle, type TransferLifecycle } from '../../domain/lifecycle/pinned.js';
import type { TransferState } from '../../domain/lifecycle/transferLifecycle.js';
import type { TransferCommand } from '../../domain/transfer/commands.js';
import type { TransferRecord } from '../../domain/transfer/transfer.js';
import { persist } from '../activities.js';
import { requireAccess } from '../access.js';
import { refusal } from '../failures.js';
import { HandledCommands } from '../handledCommands.js';
import { SEARCH_ATTRIBUTES, type Sent, type TransferInput } from '../messages.js';
import { Outbox } from '../outbox.js';
import { Turns } from '../turns.js';
import { COMMAND_NAMES, objection } from './commandChecks.js';
import { transferDetails } from './details.js';
import type { TransferMemory } from './memory.js';

/** What a step changes beside the state. */
interface Change {
  readonly record?: Partial<Omit<TransferRecord, 'state' | 'version' | 'sequence'>>;
  /** Goods that the source does not have although it should. */
  readonly missing?: readonly MissingGoods[];
}

/** The state of one transfer and the one way to change it. */
export class TransferProcess {
  readonly turns = new Turns();
  readonly outbox = new Outbox();
  readonly handled: HandledCommands;

  /** The command whose step is under way, until a record has told of it. */
  private cause: Cause | null = null;

  /** The one in force when the transfer was planned, whatever the brand publishes since; every run has it in its input. */
  readonly lifecycle: TransferLifecycle;
  /** As decided; ahead of the record while a step is under way. */
  state: TransferState;

  /** @param memory All that lasts; whatever else is in here is forgotten between two steps. */
  constructor(
    readonly input: TransferInput,
    readonly memory: TransferMemory,
  ) {
    this.lifecycle = transferLifecycle(input.lifecycle ?? DEFAULT_LIFECYCLE);
    this.state = memory.record.state;
    this.handled = new HandledCommands(memory.handled);
  }

  get record(): TransferRecord {
    return this.memory.record;
  }

  get isDone(): boolean {
    return isFinal(this.lifecycle, this.record.state);
  }

  /**
   * Refuses what the table does not allow in this state, naming the state and what is allowed, and what it allows to
   * others only.
   */
  guard(command: Sent<TransferCommand>): void {
    const row = findTransition(this.lifecycle, this.state, command.command);
    if (!row) {
      const detail = `${this.record.number} is ${this.state} and cannot ${command.command} now`;
      throw refusal('transfer.illegal_transition', detail, { state: this.state, allowed: this.allowed() });
    }
    requireAccess(row, command);
    const fault = objection(this.record, command);
    if (fault) throw refusal('request.unprocessable', fault.detail, { errors: [fault] });
  }

  /** The validator of the update: a repeat passes, because it will be answered and not carried out. */
  validate(command: Sent<TransferCommand>): void {
    if (!COMMAND_NAMES.has(command?.command)) throw refusal('request.unprocessable', 'There is no such command');
    if (!this.handled.isRepeat(command)) this.guard(command);
  }

  /** Runs what a command asks for, and has the record of it tell who asked. */
  async caused(sender: Parameters<typeof causeOf>[0], step: () => Promise<void>): Promise<void> {
    this.cause = causeOf(sender, this.record.state);
    try {
      await step();
    } finally {
      this.cause = null;
    }
  }

  /** The first record of the transfer; its search attributes came with the start, its holds with planning. */
  async begin(): Promise<void> {
    await this.write(this.state, {}, ['transfer.status.created']);
  }

  /** The first thing in a run that is not the first. */
  goOn(): void {
    this.describe();
    this.outbox.announce(this.memory.announcements);
  }

  /** Moves to `to`; everything the change brings is written and announced as one step. */
  async move(to: Exclude<TransferState, 'waiting'>, change: Change = {}): Promise<void> {
    this.state = to;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: to }]);
    await this.write(to, change, ['transfer.status.transitioned', `transfer.status.${to}`]);
  }

  /** Records a step that changes data and leaves the state as it is. */
  async amend(change: Change): Promise<void> {
    await this.write(this.record.state, change, []);
  }

  private async write(state: TransferState, change: Change, types: readonly EventType[]): Promise<void> {
    const before = this.record;
    const events = draftEvents(types, before.sequence);
    this.memory.record = {
      ...before,
      ...change.record,
      isReserved: before.isReserved && !isFinal(this.lifecycle, state),
      state,
      version: before.version + 1,
      sequence: before.sequence + events.length,
      updatedAt: now(),
    };
    this.describe();
    const announcements = await persist('recordTransfer', {
      record: this.record,
      events,
      at: Date.now(),
      before: before.version === 0 ? null : { isReserved: before.isReserved, items: before.items },
      missing: change.missing ?? [],
      ...(this.cause && { cause: this.cause }),
    });
    this.outbox.announce(announcements);
  }

  private describe(): void {
    setCurrentDetails(transferDetails(this.record, this.allowed()));
  }

  private allowed(): string[] {
    return allowedCommands(this.lifecycle, this.state).map(({ command }) => command);
  }
}

/** Workflow time: the same on every replay. */
const now = (): string => new Date().toISOString();
