import { carryOn } from '../carryingOn.js';
import { orderContinuesSignal, packageWorkflowId } from '../messages.js';
import { tell } from '../tell.js';
import type { OrderProcess } from './process.js';

/** The order goes on in its next run, unless something comes up before it can. */
export async function handOver(order: OrderProcess): Promise<void> {
  const { memory } = order;
  await haveEndsTold(order);
  // This run sees those close that were not reached, so it has to stay until it has.
  const isEveryoneTold = () => Object.values(memory.open).every(({ tellsItsEnd }) => tellsItsEnd);
  await carryOn(order, () => order.isSettled || order.hasUrgentWork, isEveryoneTold);
  memory.retryParkedAt = null;
}

/** The next run is not the one that began the packages, so it does not see their workflows close. */
async function haveEndsTold(order: OrderProcess): Promise<void> {
  const silent = Object.entries(order.memory.open).filter(([, { tellsItsEnd }]) => !tellsItsEnd);
  await Promise.all(
    silent.map(async ([number, parcel]) => {
      if (await tell(packageWorkflowId(number), orderContinuesSignal, {})) parcel.tellsItsEnd = true;
    }),
  );
}
