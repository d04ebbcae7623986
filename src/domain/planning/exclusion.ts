/** Why a location takes no part in a rule, in the order in which it is asked; the first that holds is told. */
export const EXCLUSION_REASONS = {
  inactive: 'the location is not active',
  missing_role: 'it lacks a role that the rule asks for; packing needs `packs`, a source `transferSource`',
  not_included: 'the rule names other locations',
  excluded: 'the rule names it as excluded',
  other_type: 'it is not of a type that the rule asks for',
  no_tag: 'it has none of the tags',
  other_area: 'it is not in the same country, state, district or neighbourhood, or one of the two is unknown',
  no_coordinates: 'the rule limits the distance, which cannot be measured without both coordinates',
  too_far: 'it is farther away than the rule allows',
  no_quota: 'the rule asks for quota and the location has none set',
  quota_full: 'every place of its quota is taken',
  no_calendar: 'the rule asks for opening hours and the location has no calendar',
  closed: 'it does not pack any more on that day',
  refused: 'it refused every line that the rule sees',
  discrepancy: 'it reported every SKU that it could supply as missing',
  no_stock: 'nothing that the rule sees is available there',
} as const;

export type ExclusionReason = keyof typeof EXCLUSION_REASONS;
