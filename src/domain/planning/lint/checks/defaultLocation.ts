import type { PlanLocation } from '../../planCase.js';
import { ofScenario, type Check } from '../check.js';

const spotsWhere = (isBad: (location: PlanLocation) => boolean, what: string): Check['find'] =>
  ofScenario(({ defaultLocation }, { locations }) => {
    const found = locations.find(({ code }) => code === defaultLocation);
    return found && isBad(found) ? [{ pointer: '/defaultLocation', message: `${defaultLocation} ${what}` }] : [];
  });

export const inactiveDefaultLocation: Check = {
  code: 'inactive_default_location',
  severity: 'warning',
  about: 'Units that fit nowhere are parked at a location that is not active.',
  hint: 'Choose an active location, whose people look after parked orders.',
  find: spotsWhere(({ active }) => !active, 'is not active, and parked units wait there'),
};

export const defaultLocationCannotPack: Check = {
  code: 'default_location_cannot_pack',
  severity: 'warning',
  about: 'Units that fit nowhere are parked at a location without the role `packs`, which cannot pack them later.',
  hint: 'Choose a location with the role `packs`, or give it the role.',
  find: spotsWhere(({ roles }) => !roles.includes('packs'), 'has no role packs, and parked units wait there'),
};
