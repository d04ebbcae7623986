import type { LocationRole } from '../../configuration/location.js';
import type { LocationFilter, Rank, Scenario, TransferScenario } from '../../configuration/scenario.js';
import type { Scope } from '../../expressions/model.js';
import { CONDITION_NAMES } from '../conditions.js';
import { isDistribution } from './check.js';

/** A filter of a rule, whichever kind of rule it is. */
export interface FilterPart {
  readonly filter: LocationFilter;
  readonly pointer: string;
  readonly rule: string;
  readonly rank: readonly Rank[];
  /** What every location that takes part needs. */
  readonly role: LocationRole;
  /** A package of an earlier rule may lie at the location already, so that it needs no further quota. */
  readonly mayHavePackage: boolean;
}

export function filtersOf(scenario: Scenario | TransferScenario): FilterPart[] {
  if (!isDistribution(scenario)) {
    return scenario.rules.map(({ name, sources, rank }, index) => ({
      filter: sources,
      pointer: `/rules/${index}/sources`,
      rule: name,
      rank,
      role: 'transferSource',
      mayHavePackage: true,
    }));
  }
  return scenario.rules.map(({ name, locations, rank }, index) => ({
    filter: locations,
    pointer: `/rules/${index}/locations`,
    rule: name,
    rank,
    role: 'packs',
    mayHavePackage: index > 0,
  }));
}

/** An expression of a scenario. */
export interface ExpressionPart {
  readonly text: string;
  readonly scope: Scope;
  readonly pointer: string;
  readonly of: 'condition' | 'when' | 'lines';
}

export function expressionsOf(scenario: Scenario | TransferScenario): ExpressionPart[] {
  const conditions = CONDITION_NAMES.flatMap((name): ExpressionPart[] => {
    const condition = scenario.conditions[name];
    if (condition === 'any' || 'in' in condition) return [];
    const pointer = `/conditions/${name}/expression`;
    return [{ text: condition.expression, scope: 'order', pointer, of: 'condition' }];
  });
  const scopes = isDistribution(scenario)
    ? ({ when: 'order', lines: 'line' } as const)
    : ({ when: 'place', lines: 'transferLine' } as const);
  const ofRules = scenario.rules.flatMap((rule, index) =>
    (['when', 'lines'] as const).flatMap((of): ExpressionPart[] => {
      const text = rule[of];
      if (text === undefined || (!isDistribution(scenario) && (text === 'all' || text === 'any'))) return [];
      return [{ text, scope: scopes[of], pointer: `/rules/${index}/${of}`, of }];
    }),
  );
  return [...conditions, ...ofRules];
}
