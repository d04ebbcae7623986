import type { Surroundings } from '../../domain/planning/lint/check.js';
import type { ApiDependencies } from '../dependencies.js';

/** The configuration that a scenario is judged against, as it is now. */
export async function readSurroundings({
  configuration,
}: Pick<ApiDependencies, 'configuration'>): Promise<Surroundings> {
  const [locations, engines, scenarios, transferScenarios] = await Promise.all([
    configuration.locations.all(),
    configuration.stockEngines.all(),
    configuration.distributionScenarios.active(),
    configuration.transferScenarios.active(),
  ]);
  return {
    locations,
    stockEngines: engines.map(({ code }) => code),
    scenarios: scenarios.flatMap(({ published }) => published?.scenario ?? []),
    transferScenarios: transferScenarios.flatMap(({ published }) => published?.scenario ?? []),
  };
}
