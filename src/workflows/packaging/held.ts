import { findTransition } from '../../domain/lifecycle/lifecycle.js';
import { isHeldWithOrder } from '../../domain/package/package.js';
import { stateBefore } from './effects/claim.js';
import type { PackageProcess } from './process.js';

/** What the hold of the order asks of the package now, or null. One that a store has blocked stays as it is. */
export function holdErrandOf(parcel: PackageProcess): 'suspend' | 'resume' | null {
  if (parcel.isLeaving) return null;
  if (parcel.memory.orderHold === null) return isHeldWithOrder(parcel.record) ? 'resume' : null;
  return findTransition(parcel.lifecycle, parcel.state, 'block') ? 'suspend' : null;
}

/** Blocks the package with its order, or lets it go on where it was. */
export async function followHold(parcel: PackageProcess): Promise<void> {
  await parcel.turns.take(async () => {
    // Another command may have had its turn.
    const errand = holdErrandOf(parcel);
    if (errand === null) return;
    const command = errand === 'suspend' ? 'hold' : 'release';
    const sender = { command, by: `order/${parcel.record.order}`, way: 'system' } as const;
    await parcel.caused(sender, () => {
      if (errand === 'resume') return parcel.move(stateBefore(parcel), { record: { stateBefore: null, reason: null } });
      const reason = { kind: 'hold', code: parcel.memory.orderHold, note: null } as const;
      return parcel.move('blocked', { record: { stateBefore: parcel.record.state, reason } });
    });
  });
}
