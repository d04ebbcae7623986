import type { Scenario } from '../../domain/configuration/scenario.js';

/** Every location that a scenario names. */
export const locationsNamedIn = ({ defaultLocation, rules }: Scenario): string[] => [
  defaultLocation,
  ...rules.flatMap(({ locations: { include = [], exclude = [] } }) => [...include, ...exclude]),
];
