import type { EndedPackage } from '../../clients/lateRun.js';
import { packageSubject } from '../../domain/events/event.js';
import { PACKAGE_PARAMETERS, packageCommand } from '../../schemas/commands.js';
import { packageParams } from '../../schemas/packageRequests.js';
import { packageView } from '../../schemas/packageView.js';
import { MAY } from '../auth/roles.js';
import { COMMAND_BODY_LIMIT, commandMeta, commandReply, wantsNoAnswer } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { meantCommand } from '../lifecycles/meantCommand.js';
import { requireAccess } from '../lifecycles/requireAccess.js';
import { checkReferences } from './checkReferences.js';
import { evenLate } from './evenLate.js';
import { findPackage, maySee, packageFor } from './packageAccess.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator'>;

export const commandPackage = ({ records, configuration, orchestrator }: Dependencies) => {
  const { lifecycles } = configuration;
  return endpoint({
    method: 'post',
    path: '/packages/{number}/commands',
    tag: 'Packages',
    summary: 'Move a package on; answers what it is then',
    roles: MAY.commandPackages,
    idempotent: true,
    bodyLimit: COMMAND_BODY_LIMIT,
    request: { params: packageParams, body: packageCommand },
    translate: (body, { params: { number }, caller }) =>
      meantCommand(body, PACKAGE_PARAMETERS, async () => {
        const found = await records.packages.find(number);
        return found && maySee(caller, found) ? lifecycles.packageTable(found.lifecycle) : null;
      }),
    replies: { 200: packageView, 202: packageView },
    errors: ['resource.not_found', 'package.illegal_transition', 'request.unprocessable', 'command.unanswered'],
    audit: {
      subject: ({ params: { number } }) => packageSubject(number),
      command: ({ body: { command } }) => command,
      present: ({ params: { number } }) => records.packages.find(number),
      isAcceptedElsewhere: true,
    },
    handle: async ({ params: { number }, body, caller, headers }) => {
      const found = await findPackage(records, number, caller);
      requireAccess(await lifecycles.packageTable(found.lifecycle), found, body.command, caller);
      await checkReferences(configuration, body);
      const meta = commandMeta(caller, headers);
      const send = async (ended: EndedPackage | null) => {
        if (!wantsNoAnswer(headers)) {
          return ended
            ? orchestrator.commandEndedPackage(ended, body, meta)
            : orchestrator.commandPackage(number, body, meta);
        }
        if (ended) await orchestrator.signalEndedPackage(ended, body, meta);
        else await orchestrator.signalPackage(number, body, meta);
        return found;
      };
      const moved = await evenLate({ ...records, lifecycles }, { number, body, id: meta.id }, send);
      return commandReply(headers, await packageFor({ lifecycles, ...records }, caller, moved));
    },
  });
};
