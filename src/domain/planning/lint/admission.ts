import type { PlanLocation } from '../planCase.js';
import type { LocationFilter } from '../../configuration/scenario.js';
import type { ExclusionReason } from '../exclusion.js';
import { whyExcluded } from '../locationFilter.js';
import type { Check } from './check.js';
import { listed, type Surroundings } from './check.js';
import { filtersOf, type FilterPart } from './parts.js';

/**
 * Why a filter keeps a location out of every order, or null: measured against an address at its own door,
 * with its quota free and its doors open.
 */
export function whyNeverAdmitted(
  location: PlanLocation,
  { filter, role }: Pick<FilterPart, 'filter' | 'role'>,
  mayHavePackage: boolean,
): ExclusionReason | null {
  const reason = whyExcluded(location, filter, {
    role,
    target: location.address,
    localTime: () => null,
    openPackages: () => 0,
    hasPackage: () => mayHavePackage,
  });
  return reason === 'closed' ? null : reason;
}

/** The locations that can take part in some order. */
export const admittedBy = (part: FilterPart, { locations }: Surroundings): readonly PlanLocation[] =>
  locations.filter((location) => whyNeverAdmitted(location, part, part.mayHavePackage) === null);

/** Finds locations that only lack what a filter needs of them, where it lets others in. */
export const lacking =
  (
    asks: (filter: LocationFilter) => boolean,
    reason: ExclusionReason,
    field: string,
    lack: string,
    level?: (filter: LocationFilter) => string,
  ): Check['find'] =>
  (scenario, { locations }) =>
    filtersOf(scenario).flatMap((part) => {
      if (!asks(part.filter)) return [];
      const lackers = locations.filter((location) => whyNeverAdmitted(location, part, false) === reason);
      if (lackers.length === 0) return [];
      const codes = listed(lackers.map(({ code }) => code));
      const what = level ? `${lack} ${level(part.filter)}` : lack;
      return [{ pointer: `${part.pointer}/${field}`, message: `rule ${part.rule} never uses ${codes}: ${what}` }];
    });
