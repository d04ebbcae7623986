import { condition } from '@temporalio/workflow';

import { plus } from '../../domain/order/units.js';
import { orderCancelsSignal, packageWorkflowId, replannedSignal } from '../messages.js';
import { tell } from '../tell.js';
import type { CancelWish, OrderProcess } from './process.js';

/**
 * Cancels what has not left: units without a place at once, packages by asking them. What is shipped
 * goes on its way.
 * */
export async function cancelOrder(order: OrderProcess, wish: CancelWish): Promise<void> {
  const asked = order.openNumbers;
  order.answers.clear();
  await Promise.all(asked.map((number) => tell(packageWorkflowId(number), orderCancelsSignal, wish)));
  // One that a person moves answers after that.
  const isAnswered = (number: string) =>
    !order.isOpen(number) || order.answers.has(number) || order.isMovedByHand(number);
  await condition(() => asked.every(isAnswered));
  const dropped = await dropDemands(order, wish);
  const isGivenUp = (number: string) => !order.isOpen(number) || order.answers.get(number) === 'open';
  order.hasGivenUp = dropped > 0 || asked.some(isGivenUp);
  order.memory.heldBy = null;
  const { reason, note } = wish;
  if (order.hasGivenUp)
    await order.write({ state: order.presentState, waiting: null, cancellation: { reason, note } }, []);
}

/** Also what was given back while the packages were asked. */
async function dropDemands(order: OrderProcess, { reason, note }: CancelWish): Promise<number> {
  let dropped = 0;
  for (let demand = order.demands.shift(); demand; demand = order.demands.shift()) {
    dropped++;
    if (demand.replaces === null || demand.goesOn)
      order.record = { ...order.record, cancelledUnits: plus(order.record.cancelledUnits, demand.units) };
    else {
      await tell(packageWorkflowId(demand.replaces), replannedSignal, {
        replacedBy: [],
        cancellation: { reason, note },
      });
    }
  }
  return dropped;
}
