import fc from 'fast-check';

import { plan } from '../../src/domain/planning/plan.js';
import { anyCase } from './support/anyCase.js';
import { oraclePlan } from './support/oracle.js';

const RUNS = Number(process.env['PLANNING_ORACLE_RUNS'] ?? 6_000);

test('the plan is the best of all plans, as trying every set of locations shows', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const { packages, parked, objective, optimal } = plan(input, { budgetMs: 5_000 });

      const made = packages.map(({ state: _, ...shown }) => shown);
      expect({ packages: made, parked, objective, optimal }).toEqual({ ...oraclePlan(input), optimal: true });
    }),
    { numRuns: RUNS, seed: 7 },
  );
});
