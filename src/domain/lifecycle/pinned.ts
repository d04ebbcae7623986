import { withChanges, type LifecycleChanges } from './changes.js';
import type { InvoiceWish, Lifecycle } from './lifecycle.js';
import { PACKAGE_LIFECYCLE, type PackageCommandName, type PackageState } from './packageLifecycle.js';
import { TRANSFER_LIFECYCLE, type TransferCommandName, type TransferState } from './transferLifecycle.js';

/** What a brand may have its own life cycle for. */
export const LIFECYCLE_NAMES = ['package', 'transfer'] as const;
export type LifecycleName = (typeof LIFECYCLE_NAMES)[number];

/** Names a life cycle: `default` version 1 is the table itself, the others are what the brand has published. */
export interface LifecycleVersion {
  readonly name: string;
  readonly version: number;
}

/**
 * The life cycle that an object keeps from its beginning to its end. Its workflow has it in its input, so that a
 * replay and a run that continues another go by the same; whatever carries the object on must carry it.
 */
export interface PinnedLifecycle extends LifecycleVersion {
  /** Absent for the default. Without addresses and secrets, which are read by name and version where they are used. */
  readonly changes?: LifecycleChanges<InvoiceWish>;
}

/** The default table, unpublished. */
export const DEFAULT_LIFECYCLE: PinnedLifecycle = { name: PACKAGE_LIFECYCLE.name, version: PACKAGE_LIFECYCLE.version };

/** The life cycle of a published version, as an object that begins under it keeps it. */
export function pinned({ name, version }: LifecycleVersion, changes: LifecycleChanges): PinnedLifecycle {
  const transitions = changes.transitions.map(({ requestInvoice, ...rest }) => ({
    ...rest,
    ...(requestInvoice && { requestInvoice: { generateNumber: requestInvoice.generateNumber } }),
  }));
  return { name, version, changes: { ...changes, transitions } };
}

/** One text for one version. */
export const versionKey = ({ name, version }: LifecycleVersion): string => `${name}@${version}`;

/** The version without its content: what records keep and views show. */
export const versionOf = ({ name, version }: LifecycleVersion): LifecycleVersion => ({ name, version });

export type PackageLifecycle = Lifecycle<PackageState, PackageCommandName>;
export type TransferLifecycle = Lifecycle<TransferState, TransferCommandName>;

/** The table that a package goes by. */
export const packageLifecycle = (pin: PinnedLifecycle): PackageLifecycle =>
  pin.changes ? withChanges(PACKAGE_LIFECYCLE, pin.changes, pin) : PACKAGE_LIFECYCLE;

/** The table that a transfer goes by. */
export const transferLifecycle = (pin: PinnedLifecycle): TransferLifecycle =>
  pin.changes ? withChanges(TRANSFER_LIFECYCLE, pin.changes, pin) : TRANSFER_LIFECYCLE;

/** The life cycles that what begins now will keep. */
export type LifecyclesInForce = Readonly<Record<LifecycleName, PinnedLifecycle>>;
