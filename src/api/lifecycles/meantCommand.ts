import { commandNamed } from '../../domain/lifecycle/changes.js';
import type { Lifecycle } from '../../domain/lifecycle/lifecycle.js';

/**
 * The body of a command under our name, where it came under the brand's own.
 *
 * @param known Our names.
 * @param lifecycle Of the object; asked for only where the name is none of ours. Null: there is no such object.
 */
export async function meantCommand(
  body: unknown,
  known: { has(name: string): boolean },
  lifecycle: () => Promise<Lifecycle<string, string> | null>,
): Promise<unknown> {
  const given = typeof body === 'object' && body !== null && 'command' in body ? body.command : undefined;
  if (typeof given !== 'string' || known.has(given)) return body;
  const table = await lifecycle();
  return table ? { ...(body as object), command: commandNamed(table, given) } : body;
}
