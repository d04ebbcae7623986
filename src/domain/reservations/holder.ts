import type { PackageRecord } from '../package/package.js';
import type { TransferRecord } from '../transfer/transfer.js';
import { heldByPackage, heldByTransfer, isSameHold, type HeldUnits } from './holds.js';

/** What may have a claim on the holds of an order, as it is recorded now. */
export interface Claimants {
  readonly packages: readonly PackageRecord[];
  readonly transfers: readonly TransferRecord[];
  /** Keys of the holds that the order's plan under way takes; none when the order has ended. */
  readonly planned: ReadonlySet<string>;
}

/**
 * Who needs held units, as a sentence with the way to give them up; null when nobody does. A hold is taken
 * before its package is recorded, so the plan under way counts as well.
 */
export function holderOf(hold: HeldUnits, { packages, transfers, planned }: Claimants): string | null {
  const isHeld = (held: readonly HeldUnits[]) => held.some((one) => isSameHold(one, hold));
  const parcel = packages.find((one) => isHeld(heldByPackage(one)));
  if (parcel)
    return `${parcel.number} is ${parcel.state} and holds these units; \`deallocate\`, \`refuse\` or \`cancel\` it instead`;
  const transfer = transfers.find((one) => isHeld(heldByTransfer(one)));
  if (transfer) return `${transfer.number} is ${transfer.state} and holds these units; \`cancel\` it instead`;
  const holder = hold.key.slice(0, hold.key.lastIndexOf('/'));
  const isRecorded = [...packages, ...transfers].some(({ number }) => number === holder);
  if (isRecorded || !planned.has(hold.key)) return null;
  return `${holder} is being planned and needs these units; wait until it is there`;
}
