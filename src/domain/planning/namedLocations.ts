import type { LocationFilter, Scenario, TransferScenario } from '../configuration/scenario.js';

export interface NamedLocation {
  readonly code: string;
  /** Where in the scenario, as a JSON pointer. */
  readonly pointer: string;
}

/** Every location that a scenario names, once for every place where it does. */
export function locationsNamedIn(scenario: Scenario | TransferScenario): NamedLocation[] {
  return [
    ...('defaultLocation' in scenario ? [{ code: scenario.defaultLocation, pointer: '/defaultLocation' }] : []),
    ...scenario.rules.flatMap((rule, index) =>
      'locations' in rule
        ? namedInFilter(rule.locations, `/rules/${index}/locations`)
        : namedInFilter(rule.sources, `/rules/${index}/sources`),
    ),
  ];
}

function namedInFilter({ include = [], exclude = [] }: LocationFilter, pointer: string): NamedLocation[] {
  return [
    ...include.map((code, index) => ({ code, pointer: `${pointer}/include/${index}` })),
    ...exclude.map((code, index) => ({ code, pointer: `${pointer}/exclude/${index}` })),
  ];
}
