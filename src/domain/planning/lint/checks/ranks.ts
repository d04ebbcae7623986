import type { PlanLocation } from '../../planCase.js';
import type { RankCriterion } from '../../../configuration/scenario.js';
import { admittedBy } from '../admission.js';
import { listed, type Check } from '../check.js';
import { filtersOf } from '../parts.js';

const rankPointer = (filterPointer: string, index: number) => filterPointer.replace(/[^/]+$/, `rank/${index}`);

/** Finds locations that rank last in a criterion because they lack what it measures. */
const missingFor =
  (criterion: RankCriterion, isMissing: (location: PlanLocation) => boolean, lack: string): Check['find'] =>
  (scenario, surroundings) =>
    filtersOf(scenario).flatMap((part) => {
      const index = part.rank.findIndex(({ by }) => by === criterion);
      const missing = index < 0 ? [] : admittedBy(part, surroundings).filter(isMissing);
      if (missing.length === 0) return [];
      const codes = listed(missing.map(({ code }) => code));
      const message = `rule ${part.rule} ranks ${codes} last by ${criterion}: ${lack}`;
      return [{ pointer: rankPointer(part.pointer, index), message }];
    });

export const densityWithoutQuota: Check = {
  code: 'density_without_quota',
  severity: 'warning',
  about:
    'A rule ranks by `density`, and a location that passes its filter has no `maxQuota`: it ranks last either way.',
  hint: 'Set `maxQuota` at the location, or rank by something that it has.',
  find: missingFor('density', ({ maxQuota }) => !maxQuota, 'no maxQuota is set'),
};

export const distanceWithoutCoordinates: Check = {
  code: 'distance_without_coordinates',
  severity: 'warning',
  about:
    'A rule ranks by `distance`, and a location that passes its filter has no coordinates: it ranks last either way.',
  hint: 'Give the location latitude and longitude.',
  find: missingFor('distance', ({ address }) => address?.latitude === undefined, 'no coordinates are set'),
};

export const repeatedRank: Check = {
  code: 'repeated_rank',
  severity: 'warning',
  about: 'A rule ranks twice by the same criterion: the second time nothing is left to decide.',
  hint: 'Remove the second one.',
  find: (scenario) =>
    filtersOf(scenario).flatMap(({ pointer, rule, rank }) => {
      const names = rank.map(({ by }) => by);
      return names.flatMap((by, index) =>
        names.indexOf(by) === index
          ? []
          : [{ pointer: rankPointer(pointer, index), message: `rule ${rule} ranks by ${by} twice` }],
      );
    }),
};
