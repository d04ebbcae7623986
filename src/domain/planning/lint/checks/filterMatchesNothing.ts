import { EXCLUSION_REASONS, type ExclusionReason } from '../../exclusion.js';
import { whyNeverAdmitted } from '../admission.js';
import type { Check } from '../check.js';
import { filtersOf } from '../parts.js';

export const filterMatchesNothing: Check = {
  code: 'filter_matches_nothing',
  severity: 'error',
  about: 'No location of the configuration can pass the filter, whatever the order: the rule places or brings nothing.',
  hint: 'Widen the filter, or correct the locations that are meant.',
  find: (scenario, { locations }) =>
    filtersOf(scenario).flatMap((part) => {
      const reasons = locations.map((location) => whyNeverAdmitted(location, part, part.mayHavePackage));
      if (locations.length === 0 || reasons.includes(null)) return [];
      const why = [...new Set(reasons)].map((reason) => EXCLUSION_REASONS[reason as ExclusionReason]).join('; ');
      return [{ pointer: part.pointer, message: `rule ${part.rule} lets no location in: ${why}` }];
    }),
};
