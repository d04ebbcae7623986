import { z } from 'zod';

import { ROLES, type Role } from '../domain/configuration/role.js';
import { mayRun } from '../domain/lifecycle/changes.js';
import type { AllowedCommand, Lifecycle } from '../domain/lifecycle/lifecycle.js';
import type { ParameterSchema } from './commands.js';

/** A command that can run now, where it leads and what it takes. */
export const runnableCommand = z
  .object({
    command: z.string(),
    to: z.array(z.string()).describe('States that the command can lead to.'),
    parameters: z.record(z.string(), z.unknown()).describe('JSON Schema of what lies beside `command` in the body.'),
  })
  .meta({ id: 'RunnableCommand' });

/** The same, with what the object's life cycle says of it. */
export const offeredCommand = runnableCommand
  .extend({
    slug: z.string().describe("The brand's own name; the Command API takes it as well as `command`."),
    visibility: z.enum(['store', 'office']).optional().describe('`office`: not for keys of stores.'),
    requires: z.enum(ROLES).optional().describe('Only for keys of this role, and `admin`.'),
  })
  .meta({ id: 'OfferedCommand', description: 'A command that the one who asks can run now.' });

export const slugOfState = z.string().describe("The brand's own name for `state`, as its life cycle gives it.");

export const lifecycleVersion = z
  .object({ name: z.string(), version: z.int() })
  .meta({ description: 'The life cycle that it keeps; `default` is the one that no brand has changed.' });

/** What of the allowed commands a viewer is offered; null is offered what any caller may run. */
export function offersTo(
  viewer: Role | null,
  { commandSlugs = {} }: Pick<Lifecycle<string, string>, 'commandSlugs'>,
  allowed: readonly AllowedCommand<string, string>[],
  parameters: ReadonlyMap<string, ParameterSchema>,
) {
  return allowed.flatMap(({ command, to, options = {} }) => {
    const schema = parameters.get(command);
    if (!schema || (viewer !== null && !mayRun(options, viewer))) return [];
    const { visibility, requires } = options;
    return [
      {
        ...{ command, slug: commandSlugs[command] ?? command, to: [...to], parameters: { ...schema } },
        ...(visibility && { visibility }),
        ...(requires && { requires }),
      },
    ];
  });
}
