import { orderSubject } from '../../domain/events/event.js';
import { OmsError } from '../../platform/errors.js';
import { orderCommand } from '../../schemas/commands.js';
import { orderParams } from '../../schemas/orderRequests.js';
import { orderView, toOrderView } from '../../schemas/orderView.js';
import { MAY } from '../auth/roles.js';
import { ASYNC_HEADERS, COMMAND_BODY_LIMIT, commandMeta, wantsNoAnswer } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { requireActive } from '../packages/checkReferences.js';
import { findOrder } from './orderAccess.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator'>;

export const commandOrder = ({ records, configuration, orchestrator }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/orders/{number}/commands',
    tag: 'Orders',
    summary: 'Command a whole order; answers what it is then',
    roles: MAY.commandOrders,
    idempotent: true,
    bodyLimit: COMMAND_BODY_LIMIT,
    request: { params: orderParams, body: orderCommand },
    replies: { 200: orderView, 202: orderView },
    errors: ['resource.not_found', 'order.illegal_transition', 'request.unprocessable', 'command.unanswered'],
    audit: {
      subject: ({ params: { number } }) => orderSubject(number),
      command: ({ body: { command } }) => command,
      present: ({ params: { number } }) => records.orders.find(number),
      isAcceptedElsewhere: true,
    },
    handle: async ({ params: { number }, body, caller, headers }) => {
      const { record, packages } = await findOrder(records, number, caller);
      await requireActive(configuration.cancellationReasons, body.reason, '/reason', 'cancellation reason');
      const meta = commandMeta(caller, headers);
      try {
        if (!wantsNoAnswer(headers)) {
          const moved = await orchestrator.commandOrder(number, body, meta);
          return { status: 200, body: toOrderView(moved, await records.packages.ofOrder(number)) };
        }
        await orchestrator.signalOrder(number, body, meta);
        return { status: 202, headers: ASYNC_HEADERS, body: toOrderView(record, packages) };
      } catch (error) {
        throw isOver(error) ? refused(body.command, record.state) : error;
      }
    },
  });

const isOver = (error: unknown) => error instanceof OmsError && error.code === 'workflow.ended';

const refused = (command: string, state: string) =>
  new OmsError('order.illegal_transition', `${command} is not possible: the order has ended`, {
    context: { state, allowed: [] },
  });
