import fc from 'fast-check';

import { plan } from '../../src/domain/planning/plan.js';
import type { PlanInput } from '../../src/domain/planning/planCase.js';
import { applyChanges } from '../../src/domain/planning/whyNot/change.js';
import { whyNot } from '../../src/domain/planning/whyNot/whyNot.js';
import { anyCase } from './support/anyCase.js';

const OPTIONS = { budgetMs: 200 };

const packsAt = (input: PlanInput, code: string) =>
  plan(input, OPTIONS).packages.some(({ location }) => location === code);

test('the change that is told makes the location win, and one unit less of it does not', () => {
  let told = 0;
  fc.assert(
    fc.property(anyCase, fc.nat(6), (input, at) => {
      const code = input.locations[at % input.locations.length]!.code;

      const { outcome, counterfactual } = whyNot(input, code, OPTIONS);

      expect(outcome === 'chosen').toBe(packsAt(input, code));
      if (!counterfactual) return;
      told += 1;
      const { changes } = counterfactual;
      expect(packsAt(applyChanges(input, code, changes), code)).toBe(true);
      for (const change of changes) {
        if (change.kind !== 'stock') continue;
        const others = changes.filter((other) => other !== change);
        const less = change.more === 1 ? others : [...others, { ...change, more: change.more - 1 }];
        expect(packsAt(applyChanges(input, code, less), code)).toBe(false);
      }
    }),
    { numRuns: 150, seed: 42 },
  );
  expect(told).toBeGreaterThan(50);
});
