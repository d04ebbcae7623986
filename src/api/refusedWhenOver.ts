import { OmsError } from '../platform/errors.js';

/** Answers what `ask` answers; a command to what has ended meanwhile is one that its state does not allow. */
export async function refusedWhenOver<Answer>(
  kind: 'order' | 'transfer',
  { command, state }: { readonly command: string; readonly state: string },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof OmsError && error.code === 'workflow.ended')) throw error;
    throw new OmsError(`${kind}.illegal_transition`, `${command} is not possible: the ${kind} has ended`, {
      context: { state, allowed: [] },
    });
  }
}
