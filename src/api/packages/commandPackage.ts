import { packageSubject } from '../../domain/events/event.js';
import { packageCommand } from '../../schemas/commands.js';
import { packageParams } from '../../schemas/packageRequests.js';
import { packageView } from '../../schemas/packageView.js';
import { MAY } from '../auth/roles.js';
import { ASYNC_HEADERS, COMMAND_BODY_LIMIT, commandMeta, wantsNoAnswer } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { refusedWhenOver } from '../refusedWhenOver.js';
import { checkReferences } from './checkReferences.js';
import { findPackage, packageFor } from './packageAccess.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator'>;

export const commandPackage = ({ records, configuration, orchestrator }: Dependencies) =>
  endpoint({
    method: 'post',
    path: '/packages/{number}/commands',
    tag: 'Packages',
    summary: 'Move a package on; answers what it is then',
    roles: MAY.commandPackages,
    idempotent: true,
    bodyLimit: COMMAND_BODY_LIMIT,
    request: { params: packageParams, body: packageCommand },
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
      await checkReferences(configuration, body);
      const meta = commandMeta(caller, headers);
      return refusedWhenOver('package', { command: body.command, state: found.state }, async () => {
        if (!wantsNoAnswer(headers)) {
          const moved = await orchestrator.commandPackage(number, body, meta);
          return { status: 200 as const, body: packageFor(caller, moved) };
        }
        await orchestrator.signalPackage(number, body, meta);
        return { status: 202 as const, headers: ASYNC_HEADERS, body: packageFor(caller, found) };
      });
    },
  });
