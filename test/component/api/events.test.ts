import { useApi } from './support/api.js';

const api = useApi();

const subject = 'location/S1';
const happened = (sequence: number) => ({
  type: 'stock_location.updated' as const,
  timestamp: '2026-11-23T09:00:00Z',
  sequence,
  subject,
  order: null,
  data: { code: 'S1', sequence },
});

describe('GET /events', () => {
  test('200: an empty log has a place to read on from', async () => {
    const { status, body } = await api.get('/v1/events');

    expect(status).toBe(200);
    expect(body.items).toEqual([]);
    expect(typeof body.next).toBe('string');
  });

  test('200: on from a cursor or an event, filtered, and with a link', async () => {
    await api.dependencies().records.events.append([happened(1), happened(2), happened(3)], Date.now());

    const first = await api.get(
      `/v1/events?limit=1&type=stock_location.updated&subject=${encodeURIComponent(subject)}`,
    );
    const rest = await api.get(`/v1/events?after=${first.body.next}`);
    const afterEvent = await api.get(`/v1/events?after=${first.body.items[0].id}`);

    expect(first.body.items).toMatchObject([{ sequence: 1, subject, data: { code: 'S1' } }]);
    expect(first.headers.get('link')).toContain(`after=${first.body.next}`);
    expect(rest.body.items).toMatchObject([{ sequence: 2 }, { sequence: 3 }]);
    expect(afterEvent.body.items).toEqual(rest.body.items);
    expect((await api.get('/v1/events?type=order.received')).body.items).toEqual([]);
  });

  test.each(['after=%7B', 'after=evt_unknown', 'type=order.exploded', 'subject=everything', 'cursor=1'])(
    '400: %s',
    async (query) => {
      expect((await api.get(`/v1/events?${query}`)).status).toBe(400);
    },
  );
});
