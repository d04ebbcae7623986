import { packageSubject } from '../../domain/events/event.js';
import { OmsError } from '../../platform/errors.js';
import { packageCommand } from '../../schemas/commands.js';
import { packageParams } from '../../schemas/packageRequests.js';
import { packageView } from '../../schemas/packageView.js';
import { MAY } from '../auth/roles.js';
import { ASYNC_HEADERS, COMMAND_BODY_LIMIT, commandMeta, wantsNoAnswer } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
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
      try {
        if (!wantsNoAnswer(headers)) {
          const moved = await orchestrator.commandPackage(number, body, meta);
          return { status: 200, body: packageFor(caller, moved) };
        }
        await orchestrator.signalPackage(number, body, meta);
        return { status: 202, headers: ASYNC_HEADERS, body: packageFor(caller, found) };
      } catch (error) {
        throw isOver(error) ? refused(body.command, found.state) : error;
      }
    },
  });

const isOver = (error: unknown) => error instanceof OmsError && error.code === 'workflow.ended';

const refused = (command: string, state: string) =>
  new OmsError('package.illegal_transition', `${command} is not possible: the package has ended`, {
    context: { state, allowed: [] },
  });
