import { CancellationScope, setHandler } from '@temporalio/workflow';

import type { OrderState } from '../domain/order/order.js';
import { orderStateQuery, packageEndedSignal, packageReportSignal, wakeSignal, type OrderInput } from './messages.js';
import { isLongRun } from './carryingOn.js';
import { planByHand } from './order/byHand.js';
import { takeOrderCommands } from './order/commands.js';
import { handOver } from './order/handingOver.js';
import { hear } from './order/hearing.js';
import { suspendPackages } from './order/holding.js';
import { newOrderMemory, type OrderMemory } from './order/memory.js';
import { planNext } from './order/planning.js';
import { OrderProcess } from './order/process.js';
import { supplyAgain } from './order/supplying.js';

/**
 * One order from intake to its last unit: plan what has no place, wait for packages and commands, plan
 * what comes back, and complete. It stays until its webhooks are delivered or exhausted.
 *
 * @param memory What the run before this one knew.
 */
export async function orderWorkflow(
  input: OrderInput,
  memory?: OrderMemory,
): Promise<{ number: string; state: OrderState }> {
  const order = new OrderProcess(input, memory ?? newOrderMemory(input.order, new Date().toISOString()));
  setHandler(orderStateQuery, () => order.record);
  takeOrderCommands(order);
  setHandler(packageReportSignal, (report) => hear(order, report));
  setHandler(packageEndedSignal, (outcome) => order.ended(outcome));
  setHandler(wakeSignal, () => order.wake());

  // An order ends by its units only; asking Temporal to cancel it would leave packages without an order.
  return CancellationScope.nonCancellable(async () => {
    await (memory ? order.goOn() : order.begin());
    while (!order.isSettled || order.atRest.isWanted) {
      if (order.atRest.isWanted) await order.atRest.fulfil();
      else if (order.unsuspended.length > 0) await suspendPackages(order);
      else if (order.memory.manualWishes.length > 0) await planByHand(order);
      else if (isLongRun(input)) await handOver(order);
      else if (order.hasSupplyToFind) await supplyAgain(order);
      else if (order.hasDemandToPlan) await planNext(order);
      else await order.news();
      await order.refresh();
    }
    const state = order.memory.hasFulfilled ? 'completed' : 'cancelled';
    await order.write({ state, waiting: null }, [`order.${state}`]);
    await order.settled();
    return { number: input.order.number, state };
  });
}
