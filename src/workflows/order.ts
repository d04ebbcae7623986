import { CancellationScope, log, setHandler } from '@temporalio/workflow';

import { causeOf } from '../domain/audit/audit.js';
import { orderSubject } from '../domain/events/event.js';
import type { CancelOrder, OrderCommand } from '../domain/order/commands.js';
import type { OrderRecord, OrderState } from '../domain/order/order.js';
import { persist } from './activities.js';
import { refusal } from './failures.js';
import {
  orderCommandSignal,
  orderCommandUpdate,
  orderStateQuery,
  packageEndedSignal,
  packageReportSignal,
  wakeSignal,
  type OrderInput,
  type Sent,
} from './messages.js';
import { planByHand } from './order/byHand.js';
import { cancelOrder } from './order/cancelling.js';
import { isOrderCommand, objection } from './order/commandChecks.js';
import { holdOrder, releaseOrder, suspendPackages } from './order/holding.js';
import { illegal } from './order/illegal.js';
import { cancelUnits } from './order/partialCancelling.js';
import { planNext } from './order/planning.js';
import { changeAddress, replanOrder } from './order/replanning.js';
import { OrderProcess } from './order/process.js';
import { supplyAgain } from './order/supplying.js';
import { reasonOf } from './refusals.js';

/**
 * One order from intake to its last unit: plan what has no place, wait for packages and commands, plan
 * what comes back, and complete. It stays until its webhooks are delivered or exhausted.
 */
export async function orderWorkflow(input: OrderInput): Promise<{ number: string; state: OrderState }> {
  const order = new OrderProcess(input.order);
  setHandler(orderStateQuery, () => order.record);
  setHandler(orderCommandUpdate, (command) => obey(order, command), {
    validator: (command: Sent<OrderCommand>) => validate(order, command),
  });
  setHandler(orderCommandSignal, (command) => obeySignal(order, command));
  setHandler(packageReportSignal, (report) => order.hear(report));
  setHandler(packageEndedSignal, (outcome) => order.ended(outcome));
  setHandler(wakeSignal, () => order.wake());

  // An order ends by its units only; asking Temporal to cancel it would leave packages without an order.
  return CancellationScope.nonCancellable(async () => {
    await order.begin();
    while (!order.isSettled || order.hasWish) {
      if (order.hasWish) await order.fulfil();
      else if (order.unsuspended.length > 0) await suspendPackages(order);
      else if (order.manualWishes.length > 0) await planByHand(order);
      else if (order.hasSupplyToFind) await supplyAgain(order);
      else if (order.hasDemandToPlan) await planNext(order);
      else await order.news();
      await order.refresh();
    }
    const state = order.hasFulfilled ? 'completed' : 'cancelled';
    await order.write({ state, waiting: null }, [`order.${state}`]);
    await order.settled();
    return { number: input.order.number, state };
  });
}

function validate(order: OrderProcess, command: Sent<OrderCommand>): void {
  if (!isOrderCommand(command?.command)) throw refusal('request.unprocessable', 'There is no such command');
  const fault = objection(order.order.lines, command);
  if (fault) throw refusal('request.unprocessable', fault.detail, { errors: [fault] });
  if (order.handled.isRepeat(command)) return;
  if (order.isDone) throw illegal(order, `${order.order.number} has ended`);
  const { hold } = order.record;
  if (command.command === 'hold' && hold) throw illegal(order, `${order.order.number} is held already`);
  if (command.command === 'release' && !hold) throw illegal(order, `${order.order.number} is not held`);
}

async function obey(order: OrderProcess, command: Sent<OrderCommand>): Promise<OrderRecord> {
  return order.turns.take(async () => {
    if (order.handled.isRepeat(command)) return order.record;
    // Another command may have had its turn since the validator looked.
    validate(order, command);
    await order.handled.once(command, () => audited(order, command, () => carryOut(order, command)));
    return order.record;
  });
}

/** What an order is asked takes many steps, or none at once, so it is written down when it is done. */
async function audited(order: OrderProcess, command: Sent<OrderCommand>, step: () => Promise<void>): Promise<void> {
  const cause = causeOf(command, order.record.state);
  await step();
  const { state, version } = order.record;
  await persist('recordCommand', { subject: orderSubject(order.order.number), cause, state, version, at: Date.now() });
}

/** The handler only wishes; the main body acts on it when the order is at rest. */
async function carryOut(order: OrderProcess, command: OrderCommand): Promise<void> {
  switch (command.command) {
    case 'cancel':
      return cancel(order, command);
    case 'hold':
      return order.whenAtRest(() => holdOrder(order, command.reason));
    case 'release':
      return order.whenAtRest(() => releaseOrder(order));
    case 'change_address':
      return order.whenAtRest(() => changeAddress(order, command.address));
    case 'change_priority':
      return order.whenAtRest(() => {
        const { priority } = command;
        return order.write({ changes: { ...order.record.changes, priority } }, []);
      });
    case 'replan':
      return order.whenAtRest(() => replanOrder(order));
  }
}

async function cancel(order: OrderProcess, { reason, lines, ...rest }: CancelOrder): Promise<void> {
  const note = rest.note ?? null;
  if (!(await persist('findCancellationReason', reason))) {
    const detail = `there is no active cancellation reason ${reason}`;
    throw refusal('request.unprocessable', `T${detail.slice(1)}`, { errors: [{ pointer: '/reason', detail }] });
  }
  const nothing = `Nothing of ${order.order.number} can be cancelled any more: what is not final has left`;
  if (order.isDone) throw illegal(order, nothing);
  if (lines) return order.whenAtRest(() => cancelUnits(order, { reason, note, lines }));
  await order.whenAtRest(() => cancelOrder(order, { reason, note }));
  if (!order.hasGivenUp) throw illegal(order, nothing);
}

/** Nobody waits for a signal's answer, so a refused one is kept in the audit log. */
async function obeySignal(order: OrderProcess, command: Sent<OrderCommand>): Promise<void> {
  try {
    validate(order, command);
    await obey(order, command);
  } catch (error) {
    const detail = reasonOf(error);
    const { number } = order.order;
    const { state, version } = order.record;
    const subject = orderSubject(number);
    log.warn('A signalled command was refused', { order: number, detail });
    await persist('recordRefusedSignal', { subject, command, detail, state, version, at: Date.now() });
  }
}
