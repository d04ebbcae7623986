import type { Scenario } from '../../domain/configuration/scenario.js';
import { OmsError, type Fault } from '../../platform/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { locationsNamedIn } from './locationsNamedIn.js';

/** @throws {OmsError} `request.unprocessable` when the scenario could not plan orders as it is written. */
export async function requireUsable({ configuration }: Pick<ApiDependencies, 'configuration'>, scenario: Scenario) {
  const faults = await unknownLocations(configuration, scenario);
  if (faults.length === 0) return;
  throw new OmsError('request.unprocessable', 'The scenario could not plan orders as it is', { errors: faults });
}

async function unknownLocations({ locations }: ApiDependencies['configuration'], scenario: Scenario): Promise<Fault[]> {
  const named = locationsNamedIn(scenario);
  const known = new Set((await locations.all({ keys: named.map(({ code }) => code) })).map(({ code }) => code));
  return named
    .filter(({ code }) => !known.has(code))
    .map(({ code, pointer }) => ({ pointer, detail: `there is no location ${code}` }));
}
