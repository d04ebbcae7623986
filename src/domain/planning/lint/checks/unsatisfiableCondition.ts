import { CONDITION_NAMES } from '../../conditions.js';
import type { Check } from '../check.js';
import { isUnsatisfiable } from '../cover.js';

export const unsatisfiableCondition: Check = {
  code: 'unsatisfiable_condition',
  severity: 'error',
  about:
    'No order meets the condition, so the scenario never applies: an empty list, or an expression that never holds.',
  hint: 'Name the values that are meant, or write `any`.',
  find: ({ conditions }) =>
    CONDITION_NAMES.flatMap((name) =>
      isUnsatisfiable(conditions[name])
        ? [{ pointer: `/conditions/${name}`, message: `no order meets the condition on ${name}` }]
        : [],
    ),
};
