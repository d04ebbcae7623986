import type { TransferCommand } from '../../domain/transfer/commands.js';
import { transferSubject } from '../../domain/events/event.js';
import { TRANSFER_PARAMETERS, transferCommand } from '../../schemas/commands.js';
import { transferParams, transferView } from '../../schemas/transferView.js';
import type { ConfigurationStore } from '../../store/configuration.js';
import { MAY } from '../auth/roles.js';
import { COMMAND_BODY_LIMIT, commandMeta, commandReply, wantsNoAnswer } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { meantCommand } from '../lifecycles/meantCommand.js';
import { requireAccess } from '../lifecycles/requireAccess.js';
import { requireActive } from '../packages/checkReferences.js';
import { refusedWhenOver } from '../refusedWhenOver.js';
import { findTransfer, maySee, requireRightEnd, transferFor } from './transferAccess.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator'>;

export const commandTransfer = ({ records, configuration, orchestrator }: Dependencies) => {
  const { lifecycles } = configuration;
  return endpoint({
    method: 'post',
    path: '/transfers/{number}/commands',
    tag: 'Transfers',
    summary: 'Move a transfer on; answers what it is then',
    roles: MAY.commandTransfers,
    idempotent: true,
    bodyLimit: COMMAND_BODY_LIMIT,
    request: { params: transferParams, body: transferCommand },
    translate: (body, { params: { number }, caller }) =>
      meantCommand(body, TRANSFER_PARAMETERS, async () => {
        const found = await records.transfers.find(number);
        return found && maySee(caller, found) ? lifecycles.transferTable(found.lifecycle) : null;
      }),
    replies: { 200: transferView, 202: transferView },
    errors: ['resource.not_found', 'transfer.illegal_transition', 'request.unprocessable', 'command.unanswered'],
    audit: {
      subject: ({ params: { number } }) => transferSubject(number),
      command: ({ body: { command } }) => command,
      present: ({ params: { number } }) => records.transfers.find(number),
      isAcceptedElsewhere: true,
    },
    handle: async ({ params: { number }, body, caller, headers }) => {
      const found = await findTransfer(records, number, caller);
      requireAccess(await lifecycles.transferTable(found.lifecycle), found, body.command, caller);
      requireRightEnd(found, body, caller);
      await checkReferences(configuration, body);
      const meta = commandMeta(caller, headers);
      const sent = { kind: 'transfer', number, found, body, id: meta.id } as const;
      const moved = await refusedWhenOver(records.audit, sent, async () => {
        if (!wantsNoAnswer(headers)) return orchestrator.commandTransfer(number, body, meta);
        await orchestrator.signalTransfer(number, body, meta);
        return found;
      });
      return commandReply(headers, await transferFor(lifecycles, caller, moved));
    },
  });
};

/** Refuses a command that names what there is not, before the workflow hears of it; it checks again. */
async function checkReferences(
  { carriers, cancellationReasons }: Pick<ConfigurationStore, 'carriers' | 'cancellationReasons'>,
  command: TransferCommand,
): Promise<void> {
  if (command.command === 'ready' && command.carrier !== undefined)
    await requireActive(carriers, command.carrier, '/carrier', 'carrier');
  if (command.command === 'cancel' && command.reason !== undefined)
    await requireActive(cancellationReasons, command.reason, '/reason', 'cancellation reason');
}
