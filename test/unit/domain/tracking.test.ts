import fc from 'fast-check';

import {
  SHIPMENT_STATUSES,
  type Shipment,
  type ShipmentStatus,
  type TrackingEvent,
} from '../../../src/domain/shipment/shipment.js';
import { hearNews } from '../../../src/domain/shipment/tracking.js';

const shipment: Shipment = {
  id: 'R1P1',
  carrier: 'swift',
  trackingNumber: 'T1',
  queryNumber: null,
  awbNumber: null,
  label: null,
  parcels: [],
  status: 'unknown',
  events: [],
};

const told = (status: ShipmentStatus, minute: number, rawCode: string = status): TrackingEvent => ({
  status,
  rawCode,
  at: `2026-11-23T10:${String(minute).padStart(2, '0')}:00Z`,
});

describe('hearNews', () => {
  test('nothing told is no news', () => {
    expect(hearNews(shipment, [])).toBeNull();
  });

  test('what is known already is no news', () => {
    const known = hearNews(shipment, [told('in_transit', 1)])!;

    expect(hearNews(known, [told('in_transit', 1)])).toBeNull();
  });

  test.each<[string, TrackingEvent[], ShipmentStatus]>([
    ['moves forward', [told('in_transit', 1), told('out_for_delivery', 2)], 'out_for_delivery'],
    ['late news does not move it back', [told('out_for_delivery', 1), told('info_received', 2)], 'out_for_delivery'],
    ['an exception always counts', [told('out_for_delivery', 1), told('exception', 2)], 'exception'],
    ['what follows an exception goes on', [told('exception', 1), told('in_transit', 2)], 'in_transit'],
    ['after delivery nothing changes it', [told('delivered', 1), told('in_transit', 2)], 'delivered'],
    ['the order in which it is told does not matter', [told('delivered', 3), told('in_transit', 1)], 'delivered'],
  ])('%s', (_case, events, status) => {
    expect(hearNews(shipment, events)?.status).toBe(status);
  });

  test('without exceptions and returns, the rank never falls, whatever is told in whatever order', () => {
    const plain = (Object.keys(SHIPMENT_STATUSES) as ShipmentStatus[]).filter(
      (status) => !['exception', 'returning', 'returned'].includes(status),
    );
    const anyNews = fc.array(fc.tuple(fc.constantFrom(...plain), fc.nat(59)), { maxLength: 12 });
    fc.assert(
      fc.property(anyNews, (news) => {
        let known = shipment;
        for (const [status, minute] of news) {
          const next = hearNews(known, [told(status, minute)]) ?? known;
          expect(SHIPMENT_STATUSES[next.status]).toBeGreaterThanOrEqual(SHIPMENT_STATUSES[known.status]);
          known = next;
        }
      }),
    );
  });

  test('however news is divided, repeated and mixed between pushes and polls, the same is known in the end', () => {
    const plain = ['info_received', 'in_transit', 'out_for_delivery', 'attempt_failed', 'delivered'] as const;
    const anyNews = fc.uniqueArray(fc.tuple(fc.constantFrom<ShipmentStatus>(...plain), fc.nat(59)), {
      minLength: 1,
      maxLength: 10,
      selector: ([status, minute]) => `${status}${minute}`,
    });
    const hear = (known: Shipment, news: readonly TrackingEvent[]) => hearNews(known, news) ?? known;
    const keys = ({ events }: Shipment) => events.map(({ rawCode, at }) => `${at} ${rawCode}`).sort();
    fc.assert(
      fc.property(anyNews, fc.array(fc.array(fc.nat(9), { maxLength: 6 }), { maxLength: 6 }), (news, batches) => {
        const events = news.map(([status, minute]) => told(status, minute));
        const once = hear(shipment, events);
        const pushed = batches.reduce(
          (known, batch) =>
            hear(
              known,
              batch.flatMap((index) => events[index] ?? []),
            ),
          shipment,
        );

        const divided = hear(pushed, events);

        expect(keys(divided)).toEqual(keys(once));
        // After an end nothing counts any more, so that what comes first may matter only beside delivery.
        if (!news.some(([status]) => status === 'delivered')) expect(divided.status).toBe(once.status);
        else expect(divided.status).toBe('delivered');
      }),
    );
  });

  describe('of several parcels', () => {
    const parcels = [{ trackingNumber: 'T1-1' }, { trackingNumber: 'T1-2' }];
    const of = (trackingNumber: string, status: ShipmentStatus, minute: number) => ({
      ...told(status, minute),
      trackingNumber,
    });

    test.each<[string, TrackingEvent[], ShipmentStatus]>([
      ['one that is delivered is not all of them', [of('T1-1', 'delivered', 1)], 'unknown'],
      ['the one that is least far counts', [of('T1-1', 'delivered', 1), of('T1-2', 'in_transit', 2)], 'in_transit'],
      ['all delivered is delivered', [of('T1-1', 'delivered', 1), of('T1-2', 'delivered', 2)], 'delivered'],
      ['news of the whole counts for the whole', [of('T1-1', 'in_transit', 1), told('delivered', 2)], 'delivered'],
      [
        'the same moment of two parcels is two pieces of news',
        [of('T1-1', 'in_transit', 1), of('T1-2', 'in_transit', 1)],
        'in_transit',
      ],
    ])('%s', (_case, events, status) => {
      expect(hearNews({ ...shipment, parcels }, events)?.status).toBe(status);
    });
  });
});
