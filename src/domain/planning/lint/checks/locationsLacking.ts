import { lacking } from '../admission.js';
import type { Check } from '../check.js';

export const noQuota: Check = {
  code: 'location_without_quota',
  severity: 'warning',
  about:
    'The filter asks for quota (`requireQuota`), and a location that would pass it has no `maxQuota`: that means zero.',
  hint: 'Set `maxQuota` at the location, or leave `requireQuota` out.',
  find: lacking(({ requireQuota }) => requireQuota === true, 'no_quota', 'requireQuota', 'no maxQuota is set'),
};

export const noCoordinates: Check = {
  code: 'location_without_coordinates',
  severity: 'warning',
  about: 'The filter limits the distance (`withinKm`), and a location that would pass it has no coordinates.',
  hint: 'Give the location latitude and longitude.',
  find: lacking(({ withinKm }) => withinKm !== undefined, 'no_coordinates', 'withinKm', 'no coordinates are set'),
};

export const noArea: Check = {
  code: 'location_without_area',
  severity: 'warning',
  about:
    'The filter asks for the same area (`sameAs`), and a location that would pass it lacks that level or a coarser one.',
  hint: 'Complete the address of the location, or ask for a coarser level.',
  find: lacking(
    ({ sameAs }) => sameAs !== undefined,
    'other_area',
    'sameAs',
    'its address does not tell its',
    ({ sameAs }) => sameAs ?? '',
  ),
};

export const noCalendar: Check = {
  code: 'location_without_calendar',
  severity: 'warning',
  about: 'The filter asks for opening hours (`openForPackaging`), and a location that would pass it has no calendar.',
  hint: 'Give the location a calendar, or leave `openForPackaging` out.',
  find: lacking(
    ({ openForPackaging }) => openForPackaging === true,
    'no_calendar',
    'openForPackaging',
    'no calendar is set',
  ),
};
