import { allHandlersFinished, condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

import { draftEvents, type EventType } from '../../domain/events/event.js';
import type { Order, OrderLine, OrderRecord, OrderState, Units, WaitingReason } from '../../domain/order/order.js';
import { receivedOrder } from '../../domain/order/order.js';
import { unitsByLine } from '../../domain/package/items.js';
import type { PackageDraft, PackageItem } from '../../domain/package/package.js';
import { persist } from '../activities.js';
import { HandledCommands } from '../handledCommands.js';
import {
  SEARCH_ATTRIBUTES,
  type ManualPlan,
  type PackageOutcome,
  type PackageReport,
  type Unsupplied,
} from '../messages.js';
import { Outbox } from '../outbox.js';
import { Turns } from '../turns.js';
import { orderDetails } from './details.js';

/** Units that need a place: of the order itself, or given back by a package. */
export interface Demand {
  readonly units: Units;
  /** The package whose units these were. */
  readonly replaces: string | null;
  /** The package is parked and stays as it is unless something can be placed. */
  readonly isRetry: boolean;
  /** The package goes on with what it has besides, and is not over when these units have a place. */
  readonly goesOn: boolean;
}

/** A person has chosen where the units of a package go. */
export interface ManualWish extends ManualPlan {
  readonly package: string;
}

interface OpenPackage {
  items: readonly PackageItem[];
  isParked: boolean;
  /** Transfer numbers given out so far; they count up and are never reused. */
  transfers: number;
}

/** A package does not get what it was promised from elsewhere. */
export interface SupplyWish extends Unsupplied {
  readonly package: string;
}

export interface CancelWish {
  readonly reason: string;
  readonly note: string | null;
}

/** The state of one order, and the one way to record it. Only the main body of the workflow acts on it. */
export class OrderProcess {
  readonly turns = new Turns();
  readonly outbox = new Outbox();
  readonly handled = new HandledCommands();

  record: OrderRecord;
  readonly open = new Map<string, OpenPackage>();
  readonly demands: Demand[] = [];
  readonly manualWishes: ManualWish[] = [];
  readonly supplyWishes: SupplyWish[] = [];
  /** Packages that ended because their units were planned again. */
  readonly givenBack = new Set<string>();
  /** Locations that refused a line; they do not get it again in this order. */
  readonly exclusions: { location: string; line: string }[] = [];
  /** Why demands are not planned before something changes. */
  heldBy: 'no_scenario' | 'person' | null = null;
  /** What does not fit, or has no scenario, is planned again after this time. */
  retryParkedAfterMs = 0;
  /** How often somebody said that something came; planning that was under way may not have seen it. */
  wakes = 0;
  hasFulfilled = false;
  /** Parked packages that are to be planned again once more, after the retry under way. */
  private readonly again = new Set<string>();
  cancelWish: CancelWish | null = null;
  /** What packages answered that did not end in the cancellation, or with the supply, under way. */
  readonly answers = new Map<string, 'refused' | 'open' | 'taken'>();
  /** Whether the latest cancellation found something to cancel. */
  hasGivenUp = false;

  constructor(order: Order) {
    this.record = receivedOrder(order, now());
  }

  get order(): Order {
    return this.record.order;
  }

  get isSettled(): boolean {
    return this.open.size === 0 && this.demands.length === 0;
  }

  get isDone(): boolean {
    return this.record.state === 'completed' || this.record.state === 'cancelled';
  }

  /** Something that the main body has to do now. */
  get hasWork(): boolean {
    return this.hasDemandToPlan || this.cancelWish !== null || this.manualWishes.length + this.supplyWishes.length > 0;
  }

  get hasDemandToPlan(): boolean {
    return this.demands.length > 0 && this.heldBy === null;
  }

  /** The state that the open packages and the unplaced units make. */
  get presentState(): OrderState {
    const isMoving = [...this.open].some(([number, { isParked }]) => !isParked && !this.isDemanded(number));
    if (isMoving) return 'in_progress';
    return this.hasDemandToPlan && this.record.decisions === 0 ? 'planning' : 'parked';
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
    this.demands.push({ units, replaces: null, isRetry: false, goesOn: false });
    // Sent together with what planning brings; an order that has to wait sends it at once.
    this.outbox.hold(announcements);
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
      ...change,
      version: before.version + 1,
      sequence: before.sequence + events.length,
      updatedAt: now(),
    };
    if (this.record.state !== before.state) {
      upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: this.record.state }]);
    }
    setCurrentDetails(orderDetails(this.record, [...this.open.keys()]));
    this.outbox.announce(await persist('recordOrder', { record: this.record, events, planned, at: Date.now() }));
  }

  /** Shows why the order does not move; said again only when the reason changes. */
  async wait(reason: WaitingReason, detail: string, retryInMs: number | null): Promise<void> {
    if (this.record.waiting?.reason === reason) return;
    const nextAttemptAt = retryInMs === null ? {} : { nextAttemptAt: new Date(Date.now() + retryInMs).toISOString() };
    await this.write({ state: this.presentState, waiting: { reason, detail, since: now(), ...nextAttemptAt } }, [
      'order.waiting',
    ]);
  }

  /** Records the state when packages have changed it; nothing when it is the same. */
  async refresh(): Promise<void> {
    if (this.isSettled || this.hasWork) return;
    if (this.presentState !== this.record.state) await this.write({ state: this.presentState }, []);
  }

  /** Sleeps until something happens that the main body has to deal with, or what has no place is due again. */
  async news(): Promise<void> {
    const parked = [...this.open].filter(([, { isParked }]) => isParked).map(([number]) => number);
    const hasNews = () => this.isSettled || this.hasWork || this.presentState !== this.record.state;
    // A scenario that is published at this very moment may not find this order among those that wait for one.
    const isDue = parked.length > 0 || this.heldBy === 'no_scenario';
    if (!isDue || this.retryParkedAfterMs === 0) return condition(hasNews);
    if (await condition(hasNews, this.retryParkedAfterMs)) return;
    if (this.heldBy === 'no_scenario') this.heldBy = null;
    for (const number of parked) this.retryParked(number);
  }

  hear(report: PackageReport): void {
    const parcel = this.open.get(report.package);
    if (!parcel) return;
    switch (report.kind) {
      case 'reschedule':
        return this.retryParked(report.package);
      case 'planned_manually':
        if (report.manual) this.manualWishes.push({ package: report.package, ...report.manual });
        return;
      case 'cancellation_open':
        this.answers.set(report.package, 'open');
        return;
      case 'unsupplied':
        if (!report.unsupplied) return;
        this.exclude(report, unitsByLine(report.unsupplied.items));
        this.supplyWishes.push({ package: report.package, ...report.unsupplied });
        return;
      case 'supply_taken':
        this.answers.set(report.package, 'taken');
        return;
      case 'supply_refused':
      case 'cancellation_refused':
        this.answers.set(report.package, 'refused');
        return;
      case 'returned':
        return this.takeBack(parcel, report);
    }
  }

  private takeBack(parcel: OpenPackage, { staying = [], ...report }: PackageReport): void {
    const units = minus(unitsByLine(parcel.items), unitsByLine(staying));
    this.exclude(report, units);
    if (staying.length > 0) parcel.items = staying;
    this.demands.push({ units, replaces: report.package, isRetry: false, goesOn: staying.length > 0 });
  }

  /** A location does not get lines again in this order: those of the SKUs that it lacks, or all that it gave back. */
  private exclude({ excludeLocation, missingSkus }: PackageReport, units: Units): void {
    if (excludeLocation === null) return;
    const isExcluded = ({ id, sku }: OrderLine) => (missingSkus ? missingSkus.includes(sku) : id in units);
    for (const { id } of this.order.lines.filter(isExcluded))
      this.exclusions.push({ location: excludeLocation, line: id });
  }

  /** A package is over. It says so when its workflow closes, and before that when its announcements take long. */
  ended({ number, state, reason }: PackageOutcome): void {
    if (!this.open.delete(number)) return;
    if (state !== 'cancelled') this.hasFulfilled = true;
    else if (reason?.kind !== 'cancellation') this.givenBack.add(number);
    // A package that was cancelled by itself leaves its reason to the order.
    else if (this.record.cancellation === null) {
      this.record = { ...this.record, cancellation: { reason: reason.code, note: reason.note } };
    }
    // Units that ended otherwise need no place any more.
    const stale = this.demands.findIndex(({ replaces, goesOn }) => replaces === number && !goesOn);
    if (stale >= 0 && !this.givenBack.has(number)) this.demands.splice(stale, 1);
  }

  /** A package's workflow was ended by force. Nobody can tell where its goods are, so a person decides. */
  async lost(number: string): Promise<void> {
    await this.wait('person', `${number} was ended from outside; see Temporal`, null);
  }

  /** What the order waits for may have come: a scenario, or goods. */
  wake(): void {
    this.wakes++;
    this.heldBy = null;
    for (const number of this.open.keys()) this.retryParked(number);
  }

  /** While a retry is under way, another one is kept for after it: its stock answer may be older than the wish. */
  retryParked(number: string): void {
    const parcel = this.open.get(number);
    if (!parcel?.isParked) return;
    if (this.isDemanded(number)) this.again.add(number);
    else this.demands.push({ units: unitsByLine(parcel.items), replaces: number, isRetry: true, goesOn: false });
  }

  /** Forgets a demand that has been dealt with. */
  drop(demand: Demand): void {
    const index = this.demands.indexOf(demand);
    if (index >= 0) this.demands.splice(index, 1);
    if (demand.replaces !== null && this.again.delete(demand.replaces)) this.retryParked(demand.replaces);
  }

  async settled(): Promise<void> {
    await condition(allHandlersFinished);
    await this.outbox.drained();
  }

  private isDemanded(number: string): boolean {
    return this.demands.some(({ replaces, goesOn }) => replaces === number && !goesOn);
  }
}

/** What is left of `units` without `others`; lines with nothing left are left out. */
function minus(units: Units, others: Units): Units {
  const left = Object.entries(units).map(([line, quantity]): [string, number] => [
    line,
    quantity - (others[line] ?? 0),
  ]);
  return Object.fromEntries(left.filter(([, quantity]) => quantity > 0));
}

const now = (): string => new Date().toISOString();
