import { isOpenAt } from '../calendar/isOpenForPackaging.js';
import type { LocalTime } from '../calendar/localTime.js';
import type { LocationRole } from '../configuration/location.js';
import type { LocationFilter } from '../configuration/scenario.js';
import type { Address } from '../order/order.js';
import { isSameArea } from './area.js';
import { distanceMetres, metresOf } from './distance.js';
import type { ExclusionReason } from './exclusion.js';
import type { PlanLocation } from './planCase.js';

/** What a filter is measured against. */
export interface FilterContext {
  /** The role that the part in question needs: `packs` or `transferSource`. */
  readonly role: LocationRole;
  /** The shipping address; for sources of a transfer, the address of the packing location. */
  readonly target: Partial<Address> | undefined;
  /** Local time at the moment of planning; null when the moment is not known. */
  readonly localTime: (timeZone: string) => LocalTime | null;
  /** Places of the quota that are taken. */
  readonly openPackages: (location: string) => number;
  /** The plan has a package here already, which needs no further place. */
  readonly hasPackage: (location: string) => boolean;
}

/** Why the filter keeps the location out, or null. An absent or empty list does not restrict. */
export function whyExcluded(
  location: PlanLocation,
  filter: LocationFilter,
  context: FilterContext,
): ExclusionReason | null {
  if (!location.active) return 'inactive';
  const { roles } = location;
  if (!roles.includes(context.role) || filter.roles?.some((role) => !roles.includes(role))) return 'missing_role';
  return whyNotNamed(location, filter) ?? whyTooFar(location, filter, context) ?? whyNoRoom(location, filter, context);
}

function whyNotNamed(
  { code, type, tags }: PlanLocation,
  { include = [], exclude = [], types = [], tagsAny = [] }: LocationFilter,
): ExclusionReason | null {
  if (include.length > 0 && !include.includes(code)) return 'not_included';
  if (exclude.includes(code)) return 'excluded';
  if (types.length > 0 && (type === undefined || !types.includes(type))) return 'other_type';
  if (tagsAny.length > 0 && !tagsAny.some((tag) => tags.includes(tag))) return 'no_tag';
  return null;
}

function whyTooFar(
  { address }: PlanLocation,
  { sameAs, withinKm }: LocationFilter,
  { target }: FilterContext,
): ExclusionReason | null {
  if (sameAs && !isSameArea(sameAs, address, target)) return 'other_area';
  if (withinKm === undefined) return null;
  const metres = distanceMetres(address, target);
  if (metres === null) return 'no_coordinates';
  return metres > metresOf(withinKm) ? 'too_far' : null;
}

function whyNoRoom(
  { code, maxQuota, calendar }: PlanLocation,
  { requireQuota, openForPackaging }: LocationFilter,
  { localTime, openPackages, hasPackage }: FilterContext,
): ExclusionReason | null {
  if (requireQuota && !hasPackage(code)) {
    if (!maxQuota) return 'no_quota';
    if (openPackages(code) >= maxQuota) return 'quota_full';
  }
  if (!openForPackaging) return null;
  if (!calendar) return 'no_calendar';
  const local = localTime(calendar.timeZone);
  return local && isOpenAt(calendar, local) ? null : 'closed';
}
