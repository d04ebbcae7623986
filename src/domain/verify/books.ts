import type { Subject } from '../events/event.js';
import type { PinnedLifecycle } from '../lifecycle/pinned.js';
import type { OrderRecord } from '../order/order.js';
import type { PackageRecord } from '../package/package.js';
import type { HeldUnits } from '../reservations/holds.js';
import type { TransferRecord } from '../transfer/transfer.js';

/** An event as far as the checks look. */
export interface SeenEvent {
  readonly subject: Subject;
  readonly sequence: number;
  readonly type: string;
  /** State in its data. */
  readonly state: string | null;
}

export interface ReceivedLine {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
}

export interface SeenCommand {
  readonly subject: Subject;
  readonly command: string;
  readonly outcome: 'accepted' | 'refused';
  readonly version: number;
  readonly by: string;
  /** Under which id it was sent, where it had one, and a digest of what it asked for. */
  readonly commandId: string | null;
  readonly content: string | null;
}

/** A workflow that should be running, as Temporal knows it; `state` is null when it cannot be asked. */
export interface SeenWorkflow {
  readonly isRunning: boolean;
  readonly state: OrderRecord | PackageRecord | TransferRecord | null;
  /** The record has the same content as the state. */
  readonly isRecorded: boolean;
}

/** Everything that is written about one order, read piece by piece while it may be moving. */
export interface OrderBooks {
  readonly order: OrderRecord;
  readonly packages: readonly PackageRecord[];
  readonly transfers: readonly TransferRecord[];
  readonly holds: readonly HeldUnits[];
  /** Keys of the holds that the plan under way takes. */
  readonly planned: ReadonlySet<string>;
  readonly events: readonly SeenEvent[];
  /** Its lines as they were announced when it came; null when that event is there no more. */
  readonly received: readonly ReceivedLine[] | null;
  readonly commands: readonly SeenCommand[];
  /** Of everything that is not final, by subject. */
  readonly workflows: ReadonlyMap<Subject, SeenWorkflow>;
  /** The life cycles that its packages and transfers keep, by `versionKey`; without those that there are not. */
  readonly lifecycles: ReadonlyMap<string, PinnedLifecycle>;
  /** Events that an enabled endpoint wants and that are nowhere on their way. */
  readonly undelivered: readonly { readonly subject: Subject; readonly event: string; readonly endpoint: string }[];
}

export interface Violation {
  /** Number of the invariant. */
  readonly invariant: number;
  /** What is concerned: subjects, locations, keys. Together with the invariant it names the violation. */
  readonly objects: readonly string[];
  readonly detail: string;
  readonly todo: string;
  /** What `--repair` may do about it. */
  readonly repair?: Repair;
}

export type Repair =
  | { readonly kind: 'release_hold'; readonly hold: HeldUnits; readonly order: string }
  | { readonly kind: 'save_record'; readonly subject: Subject };

/** The same violation seen again has the same name. */
export const violationId = ({ invariant, objects }: Violation): string => JSON.stringify([invariant, objects]);
