import { locationsNamedIn } from '../../namedLocations.js';
import type { Check } from '../check.js';

export const unknownLocation: Check = {
  code: 'unknown_location',
  severity: 'error',
  about: 'The scenario names a location that does not exist (any more).',
  hint: 'Remove the name, or create the location.',
  find: (scenario, { locations }) => {
    const known = new Set(locations.map(({ code }) => code));
    return locationsNamedIn(scenario)
      .filter(({ code }) => !known.has(code))
      .map(({ code, pointer }) => ({ pointer, message: `there is no location ${code}` }));
  },
};
