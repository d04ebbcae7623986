import { orderSubject } from '../../domain/events/event.js';
import { OmsError } from '../../platform/errors.js';
import { orderCommand } from '../../schemas/commands.js';
import { orderParams } from '../../schemas/orderRequests.js';
import { orderView } from '../../schemas/orderView.js';
import { MAY } from '../auth/roles.js';
import { COMMAND_BODY_LIMIT, commandMeta, commandReply, wantsNoAnswer } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { requireActive } from '../packages/checkReferences.js';
import { refusedWhenOver } from '../refusedWhenOver.js';
import { findOrder } from './orderAccess.js';
import { viewOrder } from './viewOrder.js';

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
      if (body.command === 'cancel')
        await requireActive(configuration.cancellationReasons, body.reason, '/reason', 'cancellation reason');
      const meta = commandMeta(caller, headers);
      // Stored and not begun: its intake was cut off, and nobody has to wait for the sweep that would begin it.
      if (record.version === 0) await orchestrator.startOrder(record.order);
      const sent = { kind: 'order', number, found: record, body, id: meta.id } as const;
      const moved = await refusedWhenOver(records.audit, sent, () =>
        explained(records, number, async () => {
          if (!wantsNoAnswer(headers)) return orchestrator.commandOrder(number, body, meta);
          await orchestrator.signalOrder(number, body, meta);
          return record;
        }),
      );
      return commandReply(headers, await viewOrder(records, moved, moved === record ? packages : undefined));
    },
  });

/** A refusal lists what the order takes as it is now; that is known where its packages are. */
async function explained<Answer>(
  records: Dependencies['records'],
  number: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof OmsError) || error.code !== 'order.illegal_transition') throw error;
    const record = await records.orders.find(number);
    if (!record) throw error;
    const { state, commands } = await viewOrder(records, record);
    const context = { ...error.options.context, state, allowed: commands.map(({ command }) => command) };
    throw new OmsError(error.code, error.detail, { context });
  }
}
