import type { Scenario } from '../../configuration/scenario.js';
import type { PlanInput } from '../planCase.js';

/**
 * The case as if the draft were published: in place of the scenario of its name, or beside the others by its
 * priority. Its version is the one that publishing would give it.
 */
export function withDraft<Input extends Pick<PlanInput, 'scenarios'>>(
  input: Input,
  draft: Scenario,
  version: number,
): Input {
  const others = input.scenarios.filter(({ name }) => name !== draft.name);
  return { ...input, scenarios: [...others, { ...draft, version }] };
}
