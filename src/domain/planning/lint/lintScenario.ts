import type { Scenario, TransferScenario } from '../../configuration/scenario.js';
import type { Severity, Surroundings } from './check.js';
import { CHECKS } from './registry.js';

/** Something about a scenario that its author should know. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** JSON pointer into the scenario. */
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with a scenario in its surroundings: errors first, then by kind and place. */
export const lintScenario = (scenario: Scenario | TransferScenario, surroundings: Surroundings): readonly Finding[] =>
  CHECKS.flatMap(({ code, severity, hint, find }) =>
    find(scenario, surroundings).map(({ pointer, message }) => ({ code, severity, pointer, message, hint })),
  );
