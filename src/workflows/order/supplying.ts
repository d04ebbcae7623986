import { condition } from '@temporalio/workflow';

import { unitsByLine } from '../../domain/package/items.js';
import type { TransferDraft } from '../../domain/transfer/transfer.js';
import { persist } from '../activities.js';
import { packageWorkflowId, suppliedSignal } from '../messages.js';
import { tell } from '../tell.js';
import type { SupplyWish } from './memory.js';
import { inquire } from './planning.js';
import type { OrderProcess } from './process.js';

/**
 * Looks for other sources for what a package was promised and does not get. The package takes what is found, and
 * gives back what comes from nowhere.
 */
export async function supplyAgain(order: OrderProcess): Promise<void> {
  const wish = order.memory.supplyWishes.shift();
  const parcel = wish && order.openPackage(wish.package);
  // The package has ended meanwhile and needs nothing any more.
  if (!wish || !parcel) return;
  const transfers = await findSources(order, wish, parcel.transfers + 1);
  if (transfers === 'overtaken') return void order.memory.supplyWishes.unshift(wish);
  // Also when the package does not take them: a number is never used again.
  parcel.transfers += transfers.length;
  await order.write({ state: order.presentState, waiting: null }, ['order.planned']);
  if (!(await isTaken(order, wish, transfers)))
    await persist('abandonPlan', { order: order.order.number, n: order.record.decisions });
}

async function findSources(
  order: OrderProcess,
  { package: number, location, rule, items }: SupplyWish,
  firstTransfer: number,
): Promise<readonly TransferDraft[] | 'overtaken'> {
  for (let attempt = 1; ; attempt++) {
    const n = order.record.decisions + 1;
    if ((await inquire(order, unitsByLine(items), n)) === 'overtaken') return 'overtaken';
    const { exclusions } = order.memory;
    const request = { order: order.order.number, n, attempt, exclusions, at: Date.now() };
    const found = await persist('planTransfers', { ...request, package: number, location, rule, items, firstTransfer });
    order.record = { ...order.record, decisions: n };
    if (found.outcome !== 'conflict') return found.transfers;
  }
}

/** Whether the package goes on with what was found for it; it does not when it ends, or a person moves its units. */
async function isTaken(
  order: OrderProcess,
  { package: number, items }: SupplyWish,
  transfers: readonly TransferDraft[],
): Promise<boolean> {
  order.answers.delete(number);
  const asked = Object.fromEntries(items.map(({ id, quantity }) => [id, quantity]));
  await tell(packageWorkflowId(number), suppliedSignal, { asked, transfers });
  await condition(() => !order.isOpen(number) || order.answers.has(number) || order.isMovedByHand(number));
  return order.answers.get(number) === 'taken';
}
