import { condition } from '@temporalio/workflow';

import { withoutUnits } from '../../domain/package/items.js';
import type { OrderVerdict } from '../messages.js';
import { cancelPackage } from './effects/effects.js';
import { report } from './effects/report.js';
import type { PackageProcess } from './process.js';

/** The order wants to know where the package stands; until it has decided, no command moves the package. */
export async function beConsulted(parcel: PackageProcess): Promise<void> {
  // Its units are on the way to other packages, and the turn is with the command that moves them.
  if (parcel.isLeaving) return report(parcel, { kind: 'standing', standing: null });
  await parcel.turns.take(async () => {
    const { number, state, items } = parcel.record;
    parcel.verdict = null;
    // One that is over says so by ending.
    if (parcel.isDone) return;
    await report(parcel, { kind: 'standing', standing: { number, state, items } });
    const verdict = await decided(parcel);
    if (verdict.action === 'leave') return;
    await follow(parcel, verdict);
    await report(parcel, { kind: 'obeyed' });
  });
}

async function decided(parcel: PackageProcess): Promise<OrderVerdict> {
  await condition(() => parcel.verdict !== null);
  return parcel.verdict ?? { action: 'leave' };
}

async function follow(parcel: PackageProcess, verdict: Exclude<OrderVerdict, { action: 'leave' }>): Promise<void> {
  const command = verdict.action === 'recall' ? verdict.command : 'cancel';
  const sender = { command, by: `order/${parcel.record.order}`, way: 'system' } as const;
  await parcel.caused(sender, () => {
    if (verdict.action === 'cancel') return cancelPackage(parcel, { code: verdict.reason, note: verdict.note });
    if (verdict.action === 'recall')
      return parcel.move('cancelled', { record: { reason: { kind: 'replanning', code: null, note: null } } });
    const items = withoutUnits(parcel.record.items, verdict.units);
    return parcel.amend({ record: { items }, events: ['package.items.cancelled'] });
  });
}
