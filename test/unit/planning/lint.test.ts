import { lintScenario } from '../../../src/domain/planning/lint/lintScenario.js';
import { CHECKS } from '../../../src/domain/planning/lint/registry.js';
import { BARE, distribution, surroundings, transfer, W1, withRule, type Given } from './support/lintSubjects.js';
import { RULE_FINDINGS } from './support/ruleFindings.js';
import { SCENARIO_FINDINGS } from './support/scenarioFindings.js';

const CASES = { ...SCENARIO_FINDINGS, ...RULE_FINDINGS };

const rows = Object.entries(CASES).flatMap(([code, cases]) =>
  cases.map(([has, pointer, nearMiss]) => [code, pointer, has, nearMiss] as const),
);

test.each(rows)('%s is found at %s, and not where it nearly is', (code, pointer, has, nearMiss) => {
  const found = ([of, around = surroundings()]: Given) => lintScenario(of, around).filter((one) => one.code === code);

  expect(found(has)).toMatchObject([{ pointer }]);
  expect(found(nearMiss)).toEqual([]);
});

test('every kind of finding has a case, and they come errors first', () => {
  const rankOf = { error: 0, warning: 1, info: 2 };
  const ranks = CHECKS.map(({ severity }) => rankOf[severity]);

  expect(CHECKS.map(({ code }) => code).sort()).toEqual(Object.keys(CASES).sort());
  expect(ranks).toEqual([...ranks].sort());
});

test('a scenario that nothing is wrong with has no findings', () => {
  expect(lintScenario(distribution(), surroundings())).toEqual([]);
  expect(lintScenario(transfer(), surroundings())).toEqual([]);
});

test('of many locations the first are named and the others counted', () => {
  const many = Array.from({ length: 9 }, (_, n) => ({ ...BARE, code: `S${n}` }));

  const [finding] = lintScenario(
    withRule({ locations: { requireQuota: true } }),
    surroundings({ locations: [W1, ...many] }),
  );

  expect(finding?.message).toBe('rule r never uses S0, S1, S2, S3, S4 and 4 more: no maxQuota is set');
});
