import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { planFiles } from '../../src/cli/plan.js';

const folder = (name: string) => path.join(import.meta.dirname, name);

/** Each case is what `oms plan` takes; beside it lies the sentence that it shows and what it must answer. */
const cases = readdirSync(folder('cases')).map((file) => {
  const { says, expect: expected } = JSON.parse(readFileSync(path.join(folder('expected'), file), 'utf8'));
  return [says, path.join(folder('cases'), file), expected] as const;
});

test.each(cases)('%s', (_, file, expected) => {
  const { stdout, stderr } = planFiles([file], { budgetMs: 5_000 });

  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject(expected);
});

test('every expectation has its case', () => {
  expect(readdirSync(folder('expected'))).toEqual(readdirSync(folder('cases')));
});
