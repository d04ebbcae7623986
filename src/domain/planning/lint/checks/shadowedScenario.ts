import type { Scenario, TransferScenario } from '../../../configuration/scenario.js';
import { compareText } from '../../compareText.js';
import { isDistribution, type Check, type Surroundings } from '../check.js';
import { coversConditions } from '../cover.js';

export const shadowedScenario: Check = {
  code: 'shadowed_scenario',
  severity: 'error',
  about: 'A published scenario that is tried earlier takes every order that meets the conditions of this one.',
  hint: 'Give it a smaller priority number, or narrow the conditions of the other.',
  find: (scenario, surroundings) => {
    const taker = othersOf(scenario, surroundings).find(
      (other) => isEarlier(other, scenario) && coversConditions(other.conditions, scenario.conditions),
    );
    if (!taker) return [];
    return [
      { pointer: '/priority', message: `scenario ${taker.name} (priority ${taker.priority}) takes every order of it` },
    ];
  },
};

const isEarlier = (a: Scenario | TransferScenario, b: Scenario | TransferScenario): boolean =>
  a.priority < b.priority || (a.priority === b.priority && compareText(a.name, b.name) < 0);

/** The published ones of the same kind; what is published under its own name is what it will replace. */
export const othersOf = (scenario: Scenario | TransferScenario, surroundings: Surroundings) =>
  (isDistribution(scenario) ? surroundings.scenarios : surroundings.transferScenarios).filter(
    ({ name }) => name !== scenario.name,
  );
