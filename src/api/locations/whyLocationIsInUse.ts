import { locationsNamedIn } from '../../domain/planning/namedLocations.js';
import type { ApiDependencies } from '../dependencies.js';
import type { AnyScenario } from '../scenarios/scenarioKind.js';

/** Why a location cannot be deleted now; null when nothing needs it. */
export async function whyLocationIsInUse(
  { configuration, records }: Pick<ApiDependencies, 'configuration' | 'records'>,
  code: string,
): Promise<string | null> {
  const quota = (await records.quotas.all()).find(({ location }) => location === code);
  if (quota && quota.open > 0) return `It has ${quota.open} open packages`;
  const { distributionScenarios, transferScenarios } = configuration;
  const scenarios = await Promise.all([distributionScenarios.active(), transferScenarios.active()]);
  for (const { draft, published } of scenarios.flat()) {
    const place = whereNamed('draft', draft, code) ?? whereNamed('published version', published?.scenario, code);
    if (place !== null) return place;
  }
  return null;
}

function whereNamed(part: string, content: AnyScenario | null | undefined, location: string): string | null {
  const place = content && locationsNamedIn(content).find(({ code }) => code === location);
  return place ? `The ${part} of the scenario ${content.name} names it at ${place.pointer}` : null;
}
