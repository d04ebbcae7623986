import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { whyNot } from '../../src/domain/planning/whyNot/whyNot.js';
import { planCase } from '../../src/schemas/planCase.js';

const folder = path.join(import.meta.dirname, 'why-not');

/** Each is a plan case, the location that is asked about, and what is said of it after its verdicts. */
const cases = readdirSync(folder).map((file) => {
  const { says, ...given } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Given;
  return [says, given] as const;
});

interface Given {
  readonly says: string;
  readonly location: string;
  readonly expect: { readonly outcome: string; readonly says: string };
  readonly case: object;
}

test.each(cases)('%s', (_, { location, expect: expected, case: input }) => {
  const { outcome, rules, text } = whyNot(planCase.parse(input), location, { budgetMs: 5_000 });

  const said = text.split('\n').slice(1 + rules.length);
  expect({ outcome, says: said.join(' ') }).toEqual(expected);
});
