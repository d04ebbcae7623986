import { causeOf } from '../../domain/audit/audit.js';
import { orderSubject } from '../../domain/events/event.js';
import type { CancelOrder, OrderCommand } from '../../domain/order/commands.js';
import { persist } from '../activities.js';
import { takeCommands } from '../commands.js';
import { refusal, unprocessable } from '../failures.js';
import { orderCommandSignal, orderCommandUpdate, type Sent } from '../messages.js';
import { cancelOrder } from './cancelling.js';
import { isOrderCommand, objection } from './commandChecks.js';
import { holdOrder, releaseOrder } from './holding.js';
import { illegal } from './illegal.js';
import { cancelUnits } from './partialCancelling.js';
import type { OrderProcess } from './process.js';
import { changeAddress, replanOrder } from './replanning.js';

/** Has the order take commands. Their handlers only wish; the main body acts on it when the order is at rest. */
export function takeOrderCommands(order: OrderProcess): void {
  const guard = (command: OrderCommand) => guardOrder(order, command);
  const target = {
    turns: order.turns,
    handled: order.handled,
    get record() {
      return order.record;
    },
    guard,
    validate: (command: Sent<OrderCommand>) => {
      if (!isOrderCommand(command?.command)) throw refusal('request.unprocessable', 'There is no such command');
      if (!order.handled.isRepeat(command)) guard(command);
    },
    caused: (command: Sent<OrderCommand>, step: () => Promise<void>) => audited(order, command, step),
  };
  takeCommands<OrderCommand, OrderProcess['record']>(target, {
    update: orderCommandUpdate,
    signal: orderCommandSignal,
    subject: orderSubject(order.order.number),
    carryOut: (command) => carryOut(order, command),
  });
}

function guardOrder(order: OrderProcess, command: OrderCommand): void {
  const { number, lines } = order.order;
  const fault = objection(lines, command);
  if (fault) throw refusal('request.unprocessable', fault.detail, { errors: [fault] });
  if (order.isDone) throw illegal(order, `${number} has ended`);
  const { hold } = order.record;
  if (command.command === 'hold' && hold) throw illegal(order, `${number} is held already`);
  if (command.command === 'release' && !hold) throw illegal(order, `${number} is not held`);
}

/** What an order is asked takes many steps, or none at once, so it is written down when it is done. */
async function audited(order: OrderProcess, command: Sent<OrderCommand>, step: () => Promise<void>): Promise<void> {
  const cause = causeOf(command, order.record.state);
  await step();
  const { state, version } = order.record;
  await persist('recordCommand', { subject: orderSubject(order.order.number), cause, state, version, at: Date.now() });
}

async function carryOut(order: OrderProcess, command: OrderCommand): Promise<void> {
  switch (command.command) {
    case 'cancel':
      return cancel(order, command);
    case 'hold':
      return order.atRest.want(() => holdOrder(order, command.reason));
    case 'release':
      return order.atRest.want(() => releaseOrder(order));
    case 'change_address':
      return order.atRest.want(() => changeAddress(order, command.address));
    case 'change_priority':
      return order.atRest.want(() => {
        const { priority } = command;
        return order.write({ changes: { ...order.record.changes, priority } }, []);
      });
    case 'replan':
      return order.atRest.want(() => replanOrder(order));
  }
}

async function cancel(order: OrderProcess, { reason, lines, ...rest }: CancelOrder): Promise<void> {
  const note = rest.note ?? null;
  const isKnown = await persist('findCancellationReason', reason);
  if (!isKnown) throw unprocessable('/reason', `there is no active cancellation reason ${reason}`);
  const nothing = `Nothing of ${order.order.number} can be cancelled any more: what is not final has left`;
  if (order.isDone) throw illegal(order, nothing);
  if (lines) return order.atRest.want(() => cancelUnits(order, { reason, note, lines }));
  await order.atRest.want(() => cancelOrder(order, { reason, note }));
  if (!order.hasGivenUp) throw illegal(order, nothing);
}
