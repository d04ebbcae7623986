import { readFileSync } from 'node:fs';
import path from 'node:path';

import { plan } from '../../src/domain/planning/plan.js';
import { whyNot } from '../../src/domain/planning/whyNot/whyNot.js';
import { planCase } from '../../src/schemas/planCase.js';

const document = readFileSync(path.join(import.meta.dirname, '../../docs/planning.md'), 'utf8');

const blocks = (language: string): string[] =>
  [...document.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``, 'g'))].map(([, block]) => block ?? '');

test('the worked example of docs/planning.md is answered as it says', () => {
  const [given = ''] = blocks('json');
  const [explained, answered] = blocks('text');
  const input = planCase.parse(JSON.parse(given));

  expect(plan(input, { budgetMs: 250 }).explanation.text).toBe(explained);
  expect(whyNot(input, 'S1', { budgetMs: 250 }).text).toBe(answered);
});
