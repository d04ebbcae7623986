import { allHandlersFinished, condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

import type { MissingGoods } from '../../activities/missingNotes.js';
import { causeOf, type Cause } from '../../domain/audit/audit.js';
import { draftEvents, packageSubject, type EventType } from '../../domain/events/event.js';
import { allowedCommands, findTransition, isFinal } from '../../domain/lifecycle/lifecycle.js';
import { packageLifecycle, type PackageLifecycle } from '../../domain/lifecycle/pinned.js';
import {
  keepsReservation,
  occupiesQuota,
  type PackageCommandName,
  type PackageState,
} from '../../domain/lifecycle/packageLifecycle.js';
import type { PackageCommand } from '../../domain/package/commands.js';
import { heldItems } from '../../domain/package/items.js';
import { isHeldWithOrder, type PackageRecord } from '../../domain/package/package.js';
import { persist, readPackage } from '../activities.js';
import { refusal } from '../failures.js';
import { requireAccess } from '../access.js';
import { HandledCommands } from '../handledCommands.js';
import { SEARCH_ATTRIBUTES, type OrderVerdict, type PackagingInput, type Sent } from '../messages.js';
import { Outbox } from '../outbox.js';
import { Turns } from '../turns.js';
import { packageDetails } from './details.js';
import { awaitedAfter, Invoicing, type InvoiceNews } from './invoicing.js';
import { COMMAND_NAMES, objection, partsObjection } from './commandChecks.js';
import type { PackageMemory } from './memory.js';

/** An order waits this long for the last announcements of its package. */
const SLOW_RECEIVER = '2s';

/** What a step changes beside the state. */
export interface Change {
  readonly record?: Partial<Omit<PackageRecord, 'state' | 'version' | 'sequence'>>;
  /** Announced behind `package.status.transitioned` and `package.status.<state>`. */
  readonly events?: readonly EventType[];
  /** Goods that the location does not have although it should. */
  readonly missing?: readonly MissingGoods[];
  /** The command is refused and only its attempt is counted. */
  readonly isRefused?: boolean;
}

/** The state of one package and the one way to change it. */
export class PackageProcess {
  readonly turns = new Turns();
  readonly outbox = new Outbox();
  readonly handled: HandledCommands;
  readonly invoicing = new Invoicing(
    () => this.record,
    (news) => this.turns.take(() => this.hearOfInvoice(news)),
  );

  /** A person has given its units to other places; the order is moving them. */
  isLeaving = false;
  isMovedByHand = false;

  /** What the order has decided after it asked. */
  verdict: OrderVerdict | null = null;

  /** The command whose step is under way, until a record has told of it. */
  private cause: Cause | null = null;
  /** The one in force when the package was planned, whatever the brand publishes since; every run has it in its input. */
  readonly lifecycle: PackageLifecycle;
  /** As decided; ahead of the record while a step is under way. */
  state: PackageState;

  /** @param memory All that lasts; whatever else is in here is forgotten between two steps. */
  constructor(
    readonly input: PackagingInput,
    readonly memory: PackageMemory,
  ) {
    this.lifecycle = packageLifecycle(input.lifecycle);
    this.state = memory.record.state;
    this.handled = new HandledCommands(memory.handled);
  }

  get record(): PackageRecord {
    return this.memory.record;
  }

  get isDone(): boolean {
    return isFinal(this.lifecycle, this.record.state);
  }

  /**
   * Refuses what the table does not allow in this state, naming the state and what is allowed, and what it allows to
   * others only.
   */
  guard(command: Sent<PackageCommand>): void {
    if (this.isLeaving) throw this.illegal(command.command);
    if (command.command === 'unblock' && isHeldWithOrder(this.record)) throw this.illegal(command.command);
    const row = findTransition(this.lifecycle, this.state, command.command);
    if (row?.by !== 'caller') throw this.illegal(command.command);
    requireAccess(row, command);
    const fault = objection(this.record, command) ?? partsObjection(this.lifecycle, this.record, command);
    if (fault) throw refusal('request.unprocessable', fault.detail, { errors: [fault] });
  }

  /** Whether the system may run a row of the table now. */
  canRun(command: PackageCommandName): boolean {
    return !this.isLeaving && findTransition(this.lifecycle, this.state, command) !== null;
  }

  /** The validator of the update: a repeat passes, because it will be answered and not carried out. */
  validate(command: Sent<PackageCommand>): void {
    if (!COMMAND_NAMES.has(command?.command)) throw refusal('request.unprocessable', 'There is no such command');
    if (!this.handled.isRepeat(command)) this.guard(command);
  }

  /** Records a step that changes data and leaves the state as it is. */
  async amend(change: Change & { events: readonly EventType[] }): Promise<void> {
    await this.write(this.record.state, change, [...change.events]);
  }

  /** Moves to `to`; everything the change brings is written and announced as one step. */
  async move(to: PackageState, change: Change = {}): Promise<void> {
    this.state = to;
    const announced: EventType[] = ['package.status.transitioned', `package.status.${to}`, ...(change.events ?? [])];
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: to }]);
    await this.write(to, change, announced);
  }

  /** The first record of the package; its search attributes came with the start. */
  async begin(): Promise<void> {
    await this.write(this.state, {}, ['package.created']);
  }

  /** The record may have gone on since this run was asked for; no other run writes it now. */
  async reopen(): Promise<void> {
    this.memory.record = (await readPackage(this.record.number)) ?? this.record;
    this.describe();
  }

  /** The first thing in a run that is not the first. */
  goOn(): void {
    this.describe();
    this.outbox.announce(this.memory.announcements);
    this.invoicing.begin();
  }

  /**
   * Everything said and done: no command half-way, no announcement under way. The order learns that the
   * package is over when this workflow closes; `tellOrder` tells it earlier when a receiver is slow or dead, and
   * when the order does not see it close.
   */
  async settled(tellOrder: () => Promise<void>): Promise<void> {
    await condition(allHandlersFinished);
    const isQuick = await this.outbox.drainedWithin(SLOW_RECEIVER);
    if (!isQuick || this.memory.tellsItsEnd) await tellOrder();
    await this.outbox.drained();
  }

  /** Runs a system row of the table; one that does not fit any more (a late answer) is passed over. */
  async runSystem(command: PackageCommandName, step: () => Promise<void>): Promise<void> {
    await this.turns.take(async () => {
      if (!findTransition(this.lifecycle, this.state, command)) return;
      await this.caused({ command, by: 'oms', way: 'system' }, step);
    });
  }

  /** Runs what a command asks for, and has the first record of it tell who asked. */
  async caused(sender: Parameters<typeof causeOf>[0], step: () => Promise<void>): Promise<void> {
    this.cause = causeOf(sender, this.record.state);
    try {
      await step();
      if (this.cause) await this.recordCommand(this.cause);
    } finally {
      this.cause = null;
    }
  }

  private async recordCommand(cause: Cause): Promise<void> {
    const { number, state, version } = this.record;
    await persist('recordCommand', { subject: packageSubject(number), cause, state, version, at: Date.now() });
  }

  private async write(state: PackageState, change: Change, types: readonly EventType[]): Promise<void> {
    const before = this.record;
    const events = draftEvents(types, before.sequence);
    const cause = change.isRefused ? null : this.cause;
    this.memory.record = {
      ...before,
      ...change.record,
      ...this.awaited({ ...before, ...change.record, state }, cause),
      isReserved: (change.record?.isReserved ?? before.isReserved) && keepsReservation(state),
      state,
      version: before.version + 1,
      sequence: before.sequence + events.length,
      updatedAt: now(),
    };
    this.describe();
    if (cause) this.cause = null;
    const isFirst = before.version === 0;
    const announcements = await persist('recordPackage', {
      record: this.record,
      events,
      at: Date.now(),
      quota: quotaChange(isFirst ? null : before.state, state),
      held: isFirst ? null : heldItems(before),
      missing: change.missing ?? [],
      ...(cause && { cause }),
    });
    this.outbox.announce(announcements);
    this.invoicing.begin();
  }

  /** The invoice that is awaited after a step; nobody waits for that of a package that does not go. */
  private awaited(next: PackageRecord, cause: Cause | null): Pick<PackageRecord, 'awaitedInvoice'> {
    if (next.state === 'cancelled' || next.state === 'packed_for_refund') return { awaitedInvoice: null };
    if (!cause) return {};
    const { command, before } = cause;
    return { awaitedInvoice: awaitedAfter(this.lifecycle, next, { command, from: before as PackageState, at: now() }) };
  }

  private async hearOfInvoice(news: InvoiceNews): Promise<void> {
    const { awaitedInvoice } = this.record;
    // What a person gave meanwhile is newer.
    if (awaitedInvoice?.status !== 'pending') return;
    if ('number' in news)
      return this.amend({ record: { invoice: news, awaitedInvoice: null }, events: ['package.invoice.updated'] });
    return this.amend({ record: { awaitedInvoice: { ...awaitedInvoice, ...news } }, events: [] });
  }

  private describe(): void {
    setCurrentDetails(packageDetails(this.record, this.allowed()));
  }

  allowed(): string[] {
    if (this.isLeaving) return [];
    const allowed = allowedCommands(this.lifecycle, this.state).map(({ command }) => command);
    return isHeldWithOrder(this.record) ? allowed.filter((command) => command !== 'unblock') : allowed;
  }

  illegal(command: string) {
    const detail = `${this.record.number} is ${this.state} and cannot ${command} now`;
    return refusal('package.illegal_transition', detail, { state: this.state, allowed: this.allowed() });
  }
}

/** Planning takes the place of a new package together with its reservation, so the first record takes none. */
function quotaChange(from: PackageState | null, to: PackageState): 'take' | 'free' | 'none' {
  if (from === null || occupiesQuota(from) === occupiesQuota(to)) return 'none';
  return occupiesQuota(to) ? 'take' : 'free';
}

/** Workflow time: the same on every replay. */
const now = (): string => new Date().toISOString();
