import { send, type Answer } from './send.js';
import type { Stage } from './stage.js';
import type { Step } from './steps.js';

/** A command that was accepted before comes once more, under its id: the same answer, and no effect. */
export async function repeat(stage: Stage, { pick, way }: Extract<Step, { readonly kind: 'repeat' }>): Promise<void> {
  const known = stage.told[pick % stage.told.length];
  if (!known) return;
  const { sending, answer: first } = known;
  stage.tell(`${way} ${sending.number} ${sending.body.command} once more, as ${sending.id} (by ${known.way} before)`);
  const answer = await send(stage.arena, sending, way);
  if (answer.is === 'sent') return;
  // By another way it is another sender's: what is over answers nobody, and the API looks at what is named first.
  if (answer.is === 'refused' && known.way !== way && isLate(answer)) return;
  if (answer.is === 'refused') throw new Error(`a repeat was refused: ${answer.code}, ${answer.detail}`);
  if (known.way !== way || first.is !== 'accepted') return;
  if (JSON.stringify(answer.content) !== JSON.stringify(first.content))
    throw new Error(`a repeat was answered ${JSON.stringify(answer)} instead of ${JSON.stringify(first)}`);
}

const isLate = ({ code }: Extract<Answer, { is: 'refused' }>): boolean =>
  code === 'workflow.ended' || code === 'request.unprocessable' || code.endsWith('illegal_transition');
