import type { Scenario } from '../../domain/configuration/scenario.js';

/** Every location that a scenario names, with the JSON pointer to the place. */
export function locationsNamedIn({ defaultLocation, rules }: Scenario): { code: string; pointer: string }[] {
  const inRules = rules.flatMap(({ locations }, rule) =>
    (['include', 'exclude'] as const).flatMap((list) =>
      (locations[list] ?? []).map((code, index) => ({ code, pointer: `/rules/${rule}/locations/${list}/${index}` })),
    ),
  );
  return [{ code: defaultLocation, pointer: '/defaultLocation' }, ...inRules];
}
