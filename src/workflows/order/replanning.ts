import { condition } from '@temporalio/workflow';

import { isAddressed, isUntouched } from '../../domain/order/lifecycle.js';
import type { Address, Units } from '../../domain/order/order.js';
import { plus } from '../../domain/order/units.js';
import { unitsByLine } from '../../domain/package/items.js';
import type { OrderVerdict } from '../messages.js';
import { consult } from './consulting.js';
import { illegal } from './illegal.js';
import type { OrderProcess } from './process.js';

/** Everything that no store has begun is planned again now, as one demand. */
export async function replanOrder(order: OrderProcess): Promise<void> {
  const { number } = order.order;
  if (order.record.hold) throw illegal(order, `${number} is held: release it first`);
  await recall(order, 'replan', ({ standings }) => {
    const untouched = standings.filter(({ state }) => isUntouched(state)).map((of) => of.number);
    const isParked = standings.some(({ state }) => state === 'out_of_stock');
    if (untouched.length === 0 && !isParked && order.demands.length === 0)
      throw illegal(order, `Nothing of ${number} waits: every store has begun`);
    return untouched;
  });
  order.wake();
}

/** The order goes to another address: what is not packed is planned again for it. */
export async function changeAddress(order: OrderProcess, shippingAddress: Address): Promise<void> {
  requireNothingGone(order);
  await recall(order, 'change_address', ({ standings, busy }) => {
    // A package may have told of its end only now that it was asked.
    requireNothingGone(order);
    const packed = standings.find(({ state }) => isAddressed(state));
    if (packed) throw illegal(order, `${packed.number} is ${packed.state}: its address cannot be changed any more`);
    if (busy.length > 0) throw illegal(order, `A person is moving the units of ${busy.join(', ')} at this moment`);
    return standings.map((of) => of.number);
  });
  await order.write({ changes: { ...order.record.changes, shippingAddress } }, []);
  order.wake();
}

function requireNothingGone(order: OrderProcess): void {
  if (!order.memory.hasFulfilled) return;
  throw illegal(order, `A part of ${order.order.number} has gone to the address that it had`);
}

/** The packages end, and their units need a place again: all together, so that they can find one in common. */
async function recall(
  order: OrderProcess,
  command: 'replan' | 'change_address',
  choose: (consultation: Parameters<Parameters<typeof consult>[1]>[0]) => readonly string[],
): Promise<void> {
  const recalled: string[] = [];
  let units: Units = {};
  await consult(order, (consultation) => {
    recalled.push(...choose(consultation));
    for (const { number, items } of consultation.standings) {
      if (!recalled.includes(number)) continue;
      units = plus(units, unitsByLine(items));
    }
    return new Map(recalled.map((number): [string, OrderVerdict] => [number, { action: 'recall', command }]));
  });
  // Until a package is over, its units are still there.
  await condition(() => recalled.every((number) => !order.isOpen(number)));
  if (recalled.length > 0) order.demandAnew(units, recalled);
}
