import { locationsNamedIn } from '../../domain/planning/namedLocations.js';
import { OmsError } from '../../platform/errors.js';
import type { AnyScenario, ScenarioKind } from './scenarioKind.js';

/** @throws {OmsError} `request.unprocessable` when the scenario could not plan orders as it is written. */
export async function requireUsable<Content extends AnyScenario>(
  { locations, validate, noun }: Pick<ScenarioKind<Content>, 'locations' | 'validate' | 'noun'>,
  scenario: Content,
): Promise<void> {
  const found = await locations.all({ keys: locationsNamedIn(scenario).map(({ code }) => code) });
  const errors = validate(scenario, new Set(found.map(({ code }) => code)));
  if (errors.length === 0) return;
  throw new OmsError('request.unprocessable', `The ${noun} could not plan orders as it is`, { errors });
}
