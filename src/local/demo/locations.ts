import type { Calendar, Hours, Location, LocationRole } from '../../domain/configuration/location.js';
import { CARRIER, STOCK_ENGINE } from './integrations.js';
import { PLACES, type Place } from './places.js';
import { seededRandom, type SeededRandom } from './seededRandom.js';

const SEED = 1_001;

const TIME_ZONES: Readonly<Record<string, string>> = {
  TR: 'Europe/Istanbul',
  DE: 'Europe/Berlin',
  AT: 'Europe/Vienna',
  NL: 'Europe/Amsterdam',
  BE: 'Europe/Brussels',
  FR: 'Europe/Paris',
  IT: 'Europe/Rome',
  ES: 'Europe/Madrid',
  PL: 'Europe/Warsaw',
  CZ: 'Europe/Prague',
  GR: 'Europe/Athens',
};

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** The brand's locations: three large warehouses, and stores of which some are flagships. */
export function demoLocations(): Location[] {
  const random = seededRandom(SEED);
  return PLACES.map((place) => (place.code.startsWith('W') ? warehouse(place) : store(place, random)));
}

function warehouse(place: Place): Location {
  return {
    ...common(place),
    name: `${place.district} warehouse`,
    type: 'warehouse',
    roles: ['packs', 'transferSource', 'transferHub', 'acceptsReturns'],
    priority: 10,
    maxQuota: 500,
    safetyStock: { default: 5, skus: {} },
    calendar: calendar(place, [['00:00', '23:59']], [['00:00', '23:59']]),
    targetPackagingMinutes: 240,
    targetExitTime: '19:00',
    tags: ['warehouse'],
  };
}

function store(place: Place, random: SeededRandom): Location {
  const isFlagship = random.chance(0.3);
  const roles: LocationRole[] = ['packs', 'pickupPoint', 'transferSource'];
  return {
    ...common(place),
    name: `${place.district} store`,
    type: 'store',
    roles: isFlagship ? [...roles, 'fastDelivery'] : roles,
    priority: isFlagship ? 50 : 100,
    maxQuota: isFlagship ? 20 : random.between(5, 10),
    // The last piece stays on the shelf: customers in the store were there first.
    safetyStock: { default: 1, skus: {} },
    calendar:
      place.country === 'TR'
        ? { ...calendar(place, [['10:00', '22:00']], [['11:00', '21:00']]), cutOff: '20:00' }
        : { ...calendar(place, [['10:00', '20:00']], []), cutOff: '18:00' },
    targetPackagingMinutes: 60,
    tags: isFlagship ? ['store', 'flagship'] : ['store'],
  };
}

function common({ code, country, state, district, postcode, latitude, longitude }: Place) {
  return {
    code,
    active: true,
    stockEngine: STOCK_ENGINE,
    address: { country, state, district, postcode, latitude, longitude },
    senderAddresses: { [CARRIER]: `ORIGIN-${code}` },
    attributes: {},
  };
}

function calendar({ country }: Place, week: readonly Hours[], sunday: readonly Hours[]): Calendar {
  const weekly = Object.fromEntries(WEEK.map((day) => [day, week]));
  return { timeZone: TIME_ZONES[country] ?? 'UTC', weekly: { ...weekly, sun: sunday } };
}
