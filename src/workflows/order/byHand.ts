import { persist } from '../activities.js';
import { begin, takeOver } from './planning.js';
import type { OrderProcess } from './process.js';

/** Moves the units of a package to the places that a person has chosen: no rules, no quota. */
export async function planByHand(order: OrderProcess): Promise<void> {
  const wish = order.memory.manualWishes.shift();
  // The package ended while its command was on the way; its command is refused there.
  if (!wish || !order.isOpen(wish.package)) return;
  const n = order.record.decisions + 1;
  const { packages } = await persist('planByHand', {
    order: order.order.number,
    n,
    package: wish.package,
    items: wish.items,
    groups: wish.groups,
    firstPackage: order.record.packageCount + 1,
    at: Date.now(),
  });
  order.record = { ...order.record, decisions: n };
  if (await takeOver(order, { replaces: wish.package, goesOn: false }, packages, true)) {
    forget(order, wish.package);
    await begin(order, { outcome: 'planned', packages, scenario: order.record.scenario });
  } else await persist('abandonPlan', { order: order.order.number, n });
}

/** What was to be planned for the package has its places now. If a person was waited for, that was this one. */
function forget(order: OrderProcess, packageNo: string): void {
  order.demands.dropOf(packageNo);
  if (order.memory.heldBy === 'person') order.memory.heldBy = null;
}
