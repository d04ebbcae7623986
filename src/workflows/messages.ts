import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

import type { Way } from '../domain/audit/audit.js';
import type { Role } from '../domain/configuration/role.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type { Order, OrderRecord } from '../domain/order/order.js';
import type { Standing } from '../domain/order/partialCancel.js';
import type { ItemUnits } from '../domain/package/items.js';
import type { ManualGroup, PackageCommand } from '../domain/package/commands.js';
import type { PackageDraft, PackageItem, PackageRecord } from '../domain/package/package.js';
import type { TrackingEvent } from '../domain/shipment/shipment.js';
import type { TransferCommand } from '../domain/transfer/commands.js';
import type { TransferDraft, TransferRecord } from '../domain/transfer/transfer.js';

/** Workflows and the short activities beside them. */
export const TASK_QUEUE = 'oms';

/** The queue of slow calls beside a queue of workflows. */
export const outboundTaskQueue = (taskQueue: string): string => `${taskQueue}-outbound`;

/** The queue of work that nobody waits for. */
export const backgroundTaskQueue = (taskQueue: string): string => `${taskQueue}-background`;

export const orderWorkflowId = (number: string): string => `order/${number}`;
export const packageWorkflowId = (number: string): string => `package/${number}`;
export const transferWorkflowId = (number: string): string => `transfer/${number}`;

export const SEARCH_ATTRIBUTES = {
  order: defineSearchAttributeKey('OmsOrder', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('OmsState', SearchAttributeType.KEYWORD),
  location: defineSearchAttributeKey('OmsLocation', SearchAttributeType.KEYWORD),
  channel: defineSearchAttributeKey('OmsChannel', SearchAttributeType.KEYWORD),
};

/**
 * A command as it travels to a workflow: the HTTP body, with an optional `id` as its idempotency key.
 * Update and Signal carry the same.
 */
export type Sent<Command> = Command & {
  readonly id?: string;
  readonly by?: string;
  readonly way?: Way;
  /** Of the key. Whoever reaches Temporal is believed; who says none may do what every store may. */
  readonly role?: Role;
};

/** What lives for long goes on in another run before its history grows too long for Temporal. */
export interface Continuing {
  /** So many events of history are enough; without it Temporal says when (at about 4,000). */
  readonly continueAfterEvents?: number;
}

export interface OrderInput extends Continuing {
  readonly order: Order;
}

export interface PackagingInput extends PackageDraft, Continuing {
  readonly channel: string;
  /** It has ended, and this run is only for what its life cycle still allows then. */
  readonly hasEnded?: boolean;
}

export type PackageOutcome = Pick<PackageRecord, 'number' | 'state' | 'items' | 'reason'>;

export interface ManualPlan {
  readonly items: readonly PackageItem[];
  readonly groups: readonly ManualGroup[];
}

export interface TransferInput extends TransferDraft, Continuing {
  readonly channel: string;
}

/** Units that a package was promised from elsewhere and that do not come. */
export interface Unsupplied {
  readonly location: string;
  readonly rule: string | null;
  /** The items with the units that do not come. */
  readonly items: readonly PackageItem[];
}

/** A package tells its order that units come back or do not come, or how it answered the order. */
export interface PackageReport {
  readonly package: string;
  readonly kind:
    | 'returned'
    | 'reschedule'
    | 'planned_manually'
    | 'cancellation_refused'
    | 'cancellation_open'
    | 'unsupplied'
    | 'supply_taken'
    | 'supply_refused'
    | 'standing'
    | 'obeyed';
  /** For `standing`: null when the package cannot be asked at this moment. */
  readonly standing?: Standing | null;
  readonly state: PackageRecord['state'];
  /** For `returned` and `unsupplied`: the location must not get these lines again in this order. */
  readonly excludeLocation: string | null;
  /** With `excludeLocation`: only lines of these SKUs, but all of them in this order. */
  readonly missingSkus?: readonly string[];
  /** For `returned`: the items that stay in the package; absent when the whole package comes back. */
  readonly staying?: readonly PackageItem[];
  /** For `unsupplied`. */
  readonly unsupplied?: Unsupplied;
  /** For `planned_manually`: where a person wants the units, and the items as they are, replaced products included. */
  readonly manual?: ManualPlan;
}

/** The order has planned the units of a package again: where they went. */
export interface Replanned {
  readonly replacedBy: readonly string[];
  /** A person chose the places; otherwise the scenario did. */
  readonly isByHand?: boolean;
  /** Set when the units were cancelled with the order instead of planned again. */
  readonly cancellation: { readonly reason: string | null; readonly note: string | null } | null;
}

/** The order has looked for other sources for what does not come. */
export interface Supplied {
  /** Units by item for which sources were looked for. */
  readonly asked: Readonly<Record<string, number>>;
  /** What was found; the rest of `asked` comes from nowhere. */
  readonly transfers: readonly TransferDraft[];
}

/** A transfer tells its package that it is over. */
export interface TransferEnded {
  readonly transfer: string;
  readonly source: string;
  /** Units that have arrived, by item of the package. */
  readonly arrived: Readonly<Record<string, number>>;
  /** SKUs that the source does not have; with none, it must not be asked again for the lines of the transfer. */
  readonly missingSkus: readonly string[];
}

/** A package tells its transfer how many units it still wants, by item of the package. */
export interface Wanted {
  readonly units: Readonly<Record<string, number>>;
}

/** The order is being cancelled and asks the package to give up what has not left. */
export interface OrderCancels {
  readonly reason: string;
  readonly note: string | null;
}

/** Nobody has touched a waiting package since `before`. */
export interface Overdue {
  readonly kind: 'stale' | 'not_accepted';
  readonly before: string;
}

/** What a package that was asked where it stands has to do. */
export type OrderVerdict =
  | { readonly action: 'leave' }
  /** It ends, and its units are planned again. */
  | { readonly action: 'recall'; readonly command: 'replan' | 'change_address' }
  | { readonly action: 'cancel'; readonly reason: string; readonly note: string | null }
  /** These units leave it and are cancelled; the rest goes on. */
  | { readonly action: 'withdraw'; readonly units: readonly ItemUnits[] };

/** The order is held, with why; null when it is released. */
export interface OrderHolds {
  readonly reason: string | null;
}

/** The order goes on in another run, which does not see the package's workflow close: the package has to tell it. */
export type OrderContinues = Record<string, never>;

/** Wakes an order that waits, because what it waits for may have come. */
export interface Wake {
  readonly why: string;
}

export const packageCommandUpdate = defineUpdate<PackageRecord, [Sent<PackageCommand>]>('command');
export const packageCommandSignal = defineSignal<[Sent<PackageCommand>]>('command');
export const orderCommandUpdate = defineUpdate<OrderRecord, [Sent<OrderCommand>]>('command');
export const orderCommandSignal = defineSignal<[Sent<OrderCommand>]>('command');
export const transferCommandUpdate = defineUpdate<TransferRecord, [Sent<TransferCommand>]>('command');
export const transferCommandSignal = defineSignal<[Sent<TransferCommand>]>('command');
/** The carrier has told where parcels are. */
export const trackingNewsSignal = defineSignal<[readonly TrackingEvent[]]>('trackingNews');
export const packageReportSignal = defineSignal<[PackageReport]>('packageReport');
export const packageEndedSignal = defineSignal<[PackageOutcome]>('packageEnded');
export const replannedSignal = defineSignal<[Replanned]>('replanned');
export const suppliedSignal = defineSignal<[Supplied]>('supplied');
export const transferEndedSignal = defineSignal<[TransferEnded]>('transferEnded');
export const overdueSignal = defineSignal<[Overdue]>('overdue');
export const wantedSignal = defineSignal<[Wanted]>('wanted');
export const orderCancelsSignal = defineSignal<[OrderCancels]>('orderCancels');
export const orderConsultsSignal = defineSignal<[Record<string, never>]>('orderConsults');
export const orderDecidesSignal = defineSignal<[OrderVerdict]>('orderDecides');
export const orderHoldsSignal = defineSignal<[OrderHolds]>('orderHolds');
export const orderContinuesSignal = defineSignal<[OrderContinues]>('orderContinues');
export const wakeSignal = defineSignal<[Wake]>('wake');
export const packageStateQuery = defineQuery<PackageRecord>('state');
export const transferStateQuery = defineQuery<TransferRecord>('state');
export const orderStateQuery = defineQuery<OrderRecord>('state');
