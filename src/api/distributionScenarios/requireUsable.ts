import type { Scenario } from '../../domain/configuration/scenario.js';
import { validateScenario } from '../../domain/planning/validateScenario.js';
import { OmsError } from '../../platform/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { locationsNamedIn } from './locationsNamedIn.js';

/** @throws {OmsError} `request.unprocessable` when the scenario could not plan orders as it is written. */
export async function requireUsable(
  { configuration: { locations } }: Pick<ApiDependencies, 'configuration'>,
  scenario: Scenario,
): Promise<void> {
  const found = await locations.all({ keys: locationsNamedIn(scenario) });
  const known = new Set(found.map(({ code }) => code));
  const errors = validateScenario(scenario, known);
  if (errors.length === 0) return;
  throw new OmsError('request.unprocessable', 'The scenario could not plan orders as it is', { errors });
}
