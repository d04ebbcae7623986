import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

import { draftEvents, type EventType } from '../../domain/events/event.js';
import type { Order, OrderRecord, OrderState, Units, WaitingReason } from '../../domain/order/order.js';
import type { Standing } from '../../domain/order/partialCancel.js';
import { unitsByLine, withoutUnits, type ItemUnits } from '../../domain/package/items.js';
import type { PackageDraft } from '../../domain/package/package.js';
import { persist } from '../activities.js';
import { isLongRun } from '../carryingOn.js';
import { HandledCommands } from '../handledCommands.js';
import { SEARCH_ATTRIBUTES, type OrderInput, type PackageOutcome } from '../messages.js';
import { Outbox } from '../outbox.js';
import { Turns } from '../turns.js';
import { Demands, type Demand } from './demands.js';
import { orderDetails } from './details.js';
import type { OpenPackage, OrderMemory } from './memory.js';
import { StepAtRest } from './stepAtRest.js';

export interface CancelWish {
  readonly reason: string;
  readonly note: string | null;
}

/** The state of one order, and the one way to record it. Only the main body of the workflow acts on it. */
export class OrderProcess {
  readonly turns = new Turns();
  readonly outbox = new Outbox();
  readonly handled: HandledCommands;
  readonly demands: Demands;

  /** How often somebody said that something came; planning that was under way may not have seen it. */
  wakes = 0;
  /** What the command that has the turn waits for. */
  readonly atRest = new StepAtRest();
  /** What packages said when they were asked where they stand, and which have done what was decided then. */
  readonly standings = new Map<string, Standing | null>();
  readonly obeyed = new Set<string>();
  /** What packages answered that did not end in the cancellation, or with the supply, under way. */
  readonly answers = new Map<string, 'refused' | 'open' | 'taken'>();
  /** Whether the latest cancellation found something to cancel. */
  hasGivenUp = false;

  /** @param memory All that lasts; whatever else is in here is forgotten between two steps. */
  constructor(
    readonly input: OrderInput,
    readonly memory: OrderMemory,
  ) {
    this.demands = new Demands(memory);
    this.handled = new HandledCommands(memory.handled);
  }

  get record(): OrderRecord {
    return this.memory.record;
  }

  set record(record: OrderRecord) {
    this.memory.record = record;
  }

  get order(): Order {
    return this.record.order;
  }

  get openNumbers(): string[] {
    return Object.keys(this.memory.open);
  }

  isOpen(packageNo: string): boolean {
    return Object.hasOwn(this.memory.open, packageNo);
  }

  openPackage(packageNo: string): OpenPackage | undefined {
    return this.isOpen(packageNo) ? this.memory.open[packageNo] : undefined;
  }

  get isSettled(): boolean {
    return this.openNumbers.length === 0 && this.demands.length === 0;
  }

  get isDone(): boolean {
    return this.record.state === 'completed' || this.record.state === 'cancelled';
  }

  /** Open packages that still have to learn that the order is held. */
  get unsuspended(): string[] {
    return this.record.hold ? this.openNumbers.filter((number) => !this.memory.suspended.includes(number)) : [];
  }

  /** Something that the main body has to do now. */
  get hasWork(): boolean {
    return this.hasUrgentWork || this.hasDemandToPlan || this.hasSupplyToFind;
  }

  /** Something for which a command or a package waits. Planning can as well be done in the next run. */
  get hasUrgentWork(): boolean {
    return this.atRest.isWanted || this.memory.manualWishes.length > 0 || this.unsuspended.length > 0;
  }

  /** A package lacks goods, and the order is not held: then nothing new is planned. */
  get hasSupplyToFind(): boolean {
    return this.memory.supplyWishes.length > 0 && !this.record.hold;
  }

  get hasDemandToPlan(): boolean {
    return this.demands.length > 0 && this.memory.heldBy === null && !this.record.hold;
  }

  /** The state that the open packages and the unplaced units make. */
  get presentState(): OrderState {
    const isMoving = Object.entries(this.memory.open).some(
      ([number, { isParked }]) => !isParked && !this.demands.isOf(number),
    );
    if (isMoving) return 'in_progress';
    const isUndecided = this.demands.length > 0 && this.memory.heldBy === null && this.record.decisions === 0;
    return isUndecided ? 'planning' : 'parked';
  }

  /** Accepts the order: checked and stored, the event log begun. */
  async begin(): Promise<void> {
    const events = draftEvents(['order.received'], 0);
    const { createdAt, announcements, completed } = await persist('receiveOrder', {
      order: this.order,
      events,
      at: Date.now(),
    });
    const order = completed ?? this.order;
    this.record = { ...this.record, order, createdAt, version: 1, sequence: events.length };
    const units = Object.fromEntries(order.lines.map(({ id, quantity }) => [id, quantity]));
    this.demands.add({ units, replaces: null, isRetry: false, goesOn: false });
    // Sent together with what planning brings; an order that has to wait sends it at once.
    this.outbox.hold(announcements);
  }

  /** The first thing in a run that is not the first. */
  goOn(): void {
    this.describe();
    this.outbox.announce(this.memory.announcements);
  }

  /** Records a step. `planned` are packages of this step, which have not recorded themselves yet. */
  async write(
    change: Partial<Omit<OrderRecord, 'order' | 'version' | 'sequence'>>,
    types: readonly EventType[],
    planned: readonly PackageDraft[] = [],
  ): Promise<void> {
    const before = this.record;
    const events = draftEvents(types, before.sequence);
    this.record = {
      ...before,
      cancellation: before.cancellation ?? this.memory.lateReason,
      ...change,
      ...this.waitingWhileHeld(change),
      version: before.version + 1,
      sequence: before.sequence + events.length,
      updatedAt: now(),
    };
    if (this.record.state !== before.state) {
      upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: this.record.state }]);
    }
    this.memory.recordedDecisions = this.record.decisions;
    this.describe();
    this.outbox.announce(await persist('recordOrder', { record: this.record, events, planned, at: Date.now() }));
  }

  private describe(): void {
    setCurrentDetails(orderDetails(this.record, this.openNumbers));
  }

  /** A hold is what an order waits for, whatever else there is, until it ends. */
  private waitingWhileHeld({ hold = this.record.hold, state = this.record.state }: Partial<OrderRecord>) {
    if (!hold || state === 'completed' || state === 'cancelled') return {};
    const { reason, since } = hold;
    return { waiting: { reason: 'person' as const, detail: `The order is held: ${reason}`, since } };
  }

  /** Shows why the order does not move; said again only when the reason changes. */
  async wait(reason: WaitingReason, detail: string, retryInMs: number | null): Promise<void> {
    if (this.record.waiting?.reason === reason) return;
    const nextAttemptAt = retryInMs === null ? {} : { nextAttemptAt: new Date(Date.now() + retryInMs).toISOString() };
    await this.write({ state: this.presentState, waiting: { reason, detail, since: now(), ...nextAttemptAt } }, [
      'order.waiting',
    ]);
  }

  /** Records the state when packages have changed it, and decisions that changed nothing else. */
  async refresh(): Promise<void> {
    if (this.isSettled || this.hasWork) return;
    const isRecorded = this.record.decisions === this.memory.recordedDecisions;
    if (this.presentState !== this.record.state || !isRecorded) await this.write({ state: this.presentState }, []);
  }

  /** Something has happened that the main body has to deal with. */
  private get hasNews(): boolean {
    return this.isSettled || this.hasWork || this.presentState !== this.record.state;
  }

  /** Sleeps until there are news, the run is long, or what has no place is due again. */
  async news(): Promise<void> {
    const { memory } = this;
    const isWoken = () => this.hasNews || isLongRun(this.input);
    const parked = this.openNumbers.filter((number) => this.openPackage(number)?.isParked);
    // A scenario that is published at this very moment may not find this order among those that wait for one.
    const isDue = !this.record.hold && (parked.length > 0 || memory.heldBy === 'no_scenario');
    if (!isDue || memory.retryParkedAfterMs === 0) return condition(isWoken);
    memory.retryParkedAt ??= Date.now() + memory.retryParkedAfterMs;
    const isInTime = await condition(isWoken, Math.max(1, memory.retryParkedAt - Date.now()));
    // The next run waits for the rest of the time.
    if (isInTime && !this.hasNews) return;
    memory.retryParkedAt = null;
    if (isInTime) return;
    if (memory.heldBy === 'no_scenario') memory.heldBy = null;
    for (const number of parked) this.retryParked(number);
  }

  /** A person gives the units of the package to other places at this moment, and the turn there is with that command. */
  isMovedByHand(packageNo: string): boolean {
    return this.memory.manualWishes.some((wish) => wish.package === packageNo);
  }

  /** A package is over. It says so when its workflow closes, and before that when its announcements take long. */
  ended({ number, state, reason }: PackageOutcome): void {
    if (!this.isOpen(number)) return;
    const { [number]: _, ...open } = this.memory.open;
    this.memory.open = open;
    if (state !== 'cancelled') this.memory.hasFulfilled = true;
    else if (reason?.kind !== 'cancellation') this.memory.givenBack.push(number);
    // A package that was cancelled by itself leaves its reason to the order.
    else this.memory.lateReason ??= { reason: reason.code, note: reason.note };
    if (!this.memory.givenBack.includes(number)) this.demands.dropOf(number);
  }

  /** A package's workflow was ended by force. Nobody can tell where its goods are, so a person decides. */
  async lost(number: string): Promise<void> {
    const parcel = this.openPackage(number);
    if (parcel) parcel.tellsItsEnd = true;
    await this.wait('person', `${number} was ended from outside; see Temporal`, null);
  }

  /** What the order waits for may have come: a scenario, or goods. */
  wake(): void {
    this.wakes++;
    this.memory.heldBy = null;
    for (const number of this.openNumbers) this.retryParked(number);
  }

  /** While a retry is under way, another one is kept for after it: its stock answer may be older than the wish. */
  retryParked(number: string): void {
    const parcel = this.openPackage(number);
    if (!parcel?.isParked) return;
    if (this.demands.isOf(number)) this.memory.again = [...new Set([...this.memory.again, number])];
    else this.demands.add({ units: unitsByLine(parcel.items), replaces: number, isRetry: true, goesOn: false });
  }

  /** Units of packages that have ended need a place again, all together. */
  demandAnew(units: Units, packages: readonly string[]): void {
    for (const number of packages) this.demands.dropOf(number);
    this.demands.add({ units, replaces: null, isRetry: false, goesOn: false });
  }

  /** Some units have left a package for good. */
  shrink(number: string, items: readonly ItemUnits[], units: Units): void {
    const parcel = this.openPackage(number);
    if (parcel) parcel.items = withoutUnits(parcel.items, items);
    this.demands.shrink(number, units);
  }

  /** Forgets a demand that has been dealt with. */
  drop(demand: Demand): void {
    this.demands.drop(demand);
    const { again } = this.memory;
    const { replaces } = demand;
    if (replaces === null || !again.includes(replaces)) return;
    this.memory.again = again.filter((number) => number !== replaces);
    this.retryParked(replaces);
  }

  async settled(): Promise<void> {
    await this.outbox.drained();
  }
}

const now = (): string => new Date().toISOString();
