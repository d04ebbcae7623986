import { hasLeft } from '../../domain/order/lifecycle.js';
import { orderHoldsSignal, packageWorkflowId } from '../messages.js';
import { tell } from '../tell.js';
import { consult } from './consulting.js';
import { illegal } from './illegal.js';
import type { OrderProcess } from './process.js';

/** From now on nothing is planned, and what is not packed is blocked. */
export async function holdOrder(order: OrderProcess, reason: string): Promise<void> {
  await consult(order, ({ standings, busy }) => {
    const isPending = order.demands.length + busy.length > 0 || standings.some(({ state }) => !hasLeft(state));
    if (!isPending) throw illegal(order, `Nothing of ${order.order.number} can be held any more: all of it has left`);
    return new Map();
  });
  const hold = { reason, since: new Date().toISOString() };
  await order.write({ hold, state: order.presentState }, ['order.waiting']);
  await suspendPackages(order);
}

/** Packages that have not heard of the hold yet: all at first, later those that a person has made. */
export async function suspendPackages(order: OrderProcess): Promise<void> {
  const reason = order.record.hold?.reason ?? null;
  const numbers = order.unsuspended;
  order.memory.suspended = [...order.memory.suspended, ...numbers];
  await Promise.all(numbers.map((number) => tell(packageWorkflowId(number), orderHoldsSignal, { reason })));
}

/** The packages go on where they were, and what waits for a place is planned now. */
export async function releaseOrder(order: OrderProcess): Promise<void> {
  const numbers = order.memory.suspended;
  order.memory.suspended = [];
  order.memory.heldBy = null;
  await order.write({ hold: null, state: order.presentState, waiting: null }, []);
  await Promise.all(numbers.map((number) => tell(packageWorkflowId(number), orderHoldsSignal, { reason: null })));
}
