import type { PlanLocation } from '../planCase.js';
import type { Scenario, TransferScenario } from '../../configuration/scenario.js';

export type Severity = 'error' | 'warning' | 'info';

/** What a scenario is judged against: the configuration as it is. */
export interface Surroundings {
  readonly locations: readonly PlanLocation[];
  /** Codes of all stock engines. */
  readonly stockEngines: readonly string[];
  /** The published ones that are not archived. */
  readonly scenarios: readonly Scenario[];
  readonly transferScenarios: readonly TransferScenario[];
}

/** A place where a check found something. */
export interface Spot {
  /** JSON pointer into the scenario. */
  readonly pointer: string;
  readonly message: string;
}

/** One kind of finding. `error` only where it is certain; where it depends on orders or time, `warning`. */
export interface Check {
  readonly code: string;
  readonly severity: Severity;
  /** What it means, for the documentation. */
  readonly about: string;
  /** What to do about it. */
  readonly hint: string;
  readonly find: (scenario: Scenario | TransferScenario, surroundings: Surroundings) => readonly Spot[];
}

export const isDistribution = (scenario: Scenario | TransferScenario): scenario is Scenario =>
  'defaultLocation' in scenario;

/** For checks of distribution scenarios alone. */
export const ofScenario =
  (find: (scenario: Scenario, surroundings: Surroundings) => readonly Spot[]): Check['find'] =>
  (scenario, surroundings) =>
    isDistribution(scenario) ? find(scenario, surroundings) : [];

/** For checks of single packaging rules. */
export const ofPackagingRules = (
  find: (rule: Scenario['rules'][number], pointer: string) => readonly Spot[],
): Check['find'] => ofScenario(({ rules }) => rules.flatMap((rule, index) => find(rule, `/rules/${index}`)));

const SHOWN = 5;

/** `W1, W2 and 7 more` */
export function listed(codes: readonly string[]): string {
  const shown = codes.slice(0, SHOWN).join(', ');
  return codes.length > SHOWN ? `${shown} and ${codes.length - SHOWN} more` : shown;
}
