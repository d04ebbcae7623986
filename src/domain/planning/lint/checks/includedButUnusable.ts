import { EXCLUSION_REASONS } from '../../exclusion.js';
import { whyNeverAdmitted } from '../admission.js';
import type { Check } from '../check.js';
import { filtersOf } from '../parts.js';

export const includedButUnusable: Check = {
  code: 'included_but_unusable',
  severity: 'warning',
  about:
    'A rule includes a location by name that is not active, lacks the role (`packs` to pack, `transferSource` to send), ' +
    'or does not pass the rest of the same filter.',
  hint: 'Remove the name, or correct the location.',
  find: (scenario, { locations }) => {
    const known = new Map(locations.map((location) => [location.code, location]));
    return filtersOf(scenario).flatMap((part) =>
      (part.filter.include ?? []).flatMap((code, index) => {
        const location = known.get(code);
        const reason = location && whyNeverAdmitted(location, part, part.mayHavePackage);
        if (!reason) return [];
        const pointer = `${part.pointer}/include/${index}`;
        return [{ pointer, message: `${code} is included in vain: ${EXCLUSION_REASONS[reason]}` }];
      }),
    );
  },
};
