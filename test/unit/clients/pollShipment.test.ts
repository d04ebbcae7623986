import { ApplicationFailure } from '@temporalio/common';

import { pollShipment } from '../../../src/activities/pollShipment.js';
import type { Carrier } from '../../../src/domain/configuration/integrations.js';
import type { Shipment, TrackingEvent } from '../../../src/domain/shipment/shipment.js';
import { OmsError } from '../../../src/platform/errors.js';
import { SETTINGS, type Settings } from '../../../src/platform/settings.js';

const settings = {
  ...Object.fromEntries(Object.entries(SETTINGS).map(([name, { default: value }]) => [name, value])),
  trackingPollMinutes: 30,
  trackingExpireDays: 10,
} as Settings;

const carrier: Carrier = {
  code: 'swift',
  name: 'Swift Parcel',
  adapter: 'shipment-flow',
  url: 'https://swift.example',
  auth: { type: 'anonymous' },
  shippingOptions: [],
  active: true,
  priority: 1,
};

const shipment: Shipment = {
  id: 'R1P1',
  carrier: 'swift',
  trackingNumber: 'T1',
  queryNumber: null,
  awbNumber: null,
  label: null,
  parcels: [],
  status: 'in_transit',
  events: [{ status: 'in_transit', rawCode: 'SHIPPING', at: '2026-11-23T09:00:00.000Z' }],
};

let noted: string[] = [];

beforeEach(() => {
  noted = [];
});

const poll = (track: () => Promise<readonly TrackingEvent[]>, since = '2026-11-23T09:00:00.000Z') =>
  pollShipment(
    {
      carriers: { all: () => Promise.resolve([carrier]), find: () => Promise.resolve(carrier) },
      settings: { read: () => Promise.resolve(settings) },
      client: {
        track,
        openShipment: () => Promise.reject(new Error('not asked')),
        cancelShipment: () => Promise.reject(new Error('not asked')),
        fetchLabel: () => Promise.reject(new Error('not asked')),
      },
      unknownCodes: { note: (code) => Promise.resolve(void noted.push(code.rawCode)) },
      now: () => new Date('2026-11-24T09:00:00Z'),
    },
    { package: 'R1P1', shipment, since },
  ).catch((error: unknown) => error);

const away = () => Promise.reject(new OmsError('carrier.unreachable', 'Carrier swift cannot be reached'));

test('a code that we do not know is news, leaves the status as it is, and is noted', async () => {
  const told = { status: 'unknown', rawCode: 'WENT_FOR_A_WALK', at: '2026-11-24T08:00:00.000Z' } as const;

  expect(await poll(() => Promise.resolve([told]))).toMatchObject({ status: 'in_transit', events: { length: 2 } });
  expect(noted).toEqual(['WENT_FOR_A_WALK']);
});

test('news comes back with the shipment', async () => {
  const delivered = { status: 'delivered', rawCode: 'DELIVERED', at: '2026-11-24T08:00:00.000Z' } as const;

  expect(await poll(() => Promise.resolve([delivered]))).toMatchObject({ status: 'delivered', events: { length: 2 } });
});

test.each([
  ['nothing new', () => Promise.resolve(shipment.events), 'tracking.no_news'],
  ['a carrier that is away', away, 'carrier.unreachable'],
])('%s is asked for again at the next poll, however many there were', async (_what, track, type) => {
  const failure = await poll(track, '2026-11-24T08:00:00.000Z');

  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ type, nonRetryable: false, nextRetryDelay: 30 * 60_000 });
  // After a day of silence four times as seldom.
  expect(await poll(track)).toMatchObject({ type, nextRetryDelay: 120 * 60_000 });
});

test.each([
  ['without news', () => Promise.resolve(shipment.events)],
  ['of a carrier that is away', away],
])('a shipment %s is given up in the end', async (_what, track) => {
  expect(await poll(track, '2026-11-01T09:00:00.000Z')).toMatchObject({ status: 'expired' });
});

test('a fault of ours is no answer', async () => {
  expect(await poll(() => Promise.reject(new TypeError('oops')))).toBeInstanceOf(TypeError);
});
