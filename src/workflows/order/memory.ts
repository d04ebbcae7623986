import type { Order, OrderRecord } from '../../domain/order/order.js';
import { receivedOrder } from '../../domain/order/order.js';
import type { PackageItem } from '../../domain/package/package.js';
import type { Handled } from '../handledCommands.js';
import type { ManualPlan, Unsupplied } from '../messages.js';
import type { Announcement } from '../outbox.js';
import type { Demand } from './demands.js';

/** A person has chosen where the units of a package go. */
export interface ManualWish extends ManualPlan {
  readonly package: string;
}

/** A package does not get what it was promised from elsewhere. */
export interface SupplyWish extends Unsupplied {
  readonly package: string;
}

export interface OpenPackage {
  items: readonly PackageItem[];
  isParked: boolean;
  /** Transfer numbers given out so far; they count up and are never reused. */
  transfers: number;
  /** It tells when it is over, since this run does not see its workflow close; or nothing more is to be told of it. */
  tellsItsEnd: boolean;
}

/** All that an order knows from one step to the next, as plain JSON: its next run begins with it. */
export interface OrderMemory {
  record: OrderRecord;
  /** By number. */
  open: Record<string, OpenPackage>;
  /** What still has to be planned, in its order. */
  demands: readonly Demand[];
  readonly manualWishes: ManualWish[];
  readonly supplyWishes: SupplyWish[];
  /** Packages that ended because their units were planned again. */
  readonly givenBack: string[];
  /** Locations that refused a line; they do not get it again in this order. */
  readonly exclusions: { location: string; line: string }[];
  /** Why demands are not planned before something changes. */
  heldBy: 'no_scenario' | 'person' | null;
  /** What does not fit, or has no scenario, is planned again after this time. */
  retryParkedAfterMs: number;
  /** When that is, in milliseconds of the epoch, while the order waits for it. */
  retryParkedAt: number | null;
  /** Parked packages that are to be planned again once more, after the retry under way. */
  again: readonly string[];
  hasFulfilled: boolean;
  /** Packages that know that the order is held. */
  suspended: readonly string[];
  /** Why a package was cancelled by itself; recorded with the next step, so that state and record never differ. */
  lateReason: OrderRecord['cancellation'];
  recordedDecisions: number;
  readonly handled: Handled[];
  /** What nobody has been told of yet. */
  announcements: readonly Announcement[];
}

export const newOrderMemory = (order: Order, at: string): OrderMemory => ({
  record: receivedOrder(order, at),
  open: {},
  demands: [],
  manualWishes: [],
  supplyWishes: [],
  givenBack: [],
  exclusions: [],
  heldBy: null,
  retryParkedAfterMs: 0,
  retryParkedAt: null,
  again: [],
  hasFulfilled: false,
  suspended: [],
  lateReason: null,
  recordedDecisions: 0,
  handled: [],
  announcements: [],
});
