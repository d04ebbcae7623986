import type { Check } from '../check.js';
import { listed } from '../check.js';
import { canMeetBoth } from '../cover.js';
import { othersOf } from './shadowedScenario.js';

export const samePriority: Check = {
  code: 'same_priority',
  severity: 'info',
  about: 'Another published scenario has the same priority and may want the same orders; then the name decides.',
  hint: 'Give each its own priority, so that a new name does not change which one plans.',
  find: (scenario, surroundings) => {
    const equals = othersOf(scenario, surroundings).filter(
      ({ priority, conditions }) => priority === scenario.priority && canMeetBoth(conditions, scenario.conditions),
    );
    if (equals.length === 0) return [];
    const names = listed(equals.map(({ name }) => name));
    return [{ pointer: '/priority', message: `${names} also has priority ${scenario.priority}; the name decides` }];
  },
};
