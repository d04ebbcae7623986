import { outcomesOf } from '../../../expressions/outcomes.js';
import type { Check } from '../check.js';
import { expressionsOf } from '../parts.js';

export const alwaysTrue: Check = {
  code: 'always_true',
  severity: 'info',
  about: 'An expression reads nothing of the order and always holds, as if it were not there.',
  hint: 'Remove it, or write what was meant.',
  find: (scenario) =>
    expressionsOf(scenario).flatMap(({ text, scope, pointer }) =>
      outcomesOf(text, scope)?.canFail === false ? [{ pointer, message: `${text} always holds` }] : [],
    ),
};

export const linesWithoutLine: Check = {
  code: 'lines_without_line',
  severity: 'warning',
  about: '`lines` does not read `line`: it chooses all lines or none, which is what `when` is for.',
  hint: 'Read `line` in it, or move the expression to `when`.',
  find: (scenario) =>
    expressionsOf(scenario).flatMap(({ text, scope, pointer, of }) => {
      const outcomes = outcomesOf(text, scope);
      if (of !== 'lines' || !outcomes || outcomes.reads.size === 0 || outcomes.reads.has('line')) return [];
      return [{ pointer, message: `${text} does not read line: it chooses all lines or none` }];
    }),
};
