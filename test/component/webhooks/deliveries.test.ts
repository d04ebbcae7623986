import type { DeliveryAttempt } from '../../../src/domain/webhooks/delivery.js';
import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import {
  createWebhookDeliveryRepository,
  deliveryId,
  type WebhookDeliveryRepository,
} from '../../../src/store/webhookDeliveries.js';
import { freshDatabase } from '../../support/stack.js';

let connection: Connection;
let deliveries: WebhookDeliveryRepository;

beforeAll(async () => {
  connection = await connectStore(freshDatabase());
  deliveries = createWebhookDeliveryRepository(connection);
  await migrate(connection);
});
afterAll(() => connection.close());
beforeEach(() => deliveries.model.deleteMany({}));

const NOON = new Date('2026-11-23T12:00:00Z');
const minutesLater = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

const event = (n: number) => ({ id: `evt_${n}`, type: 'package.created', subject: `package/R${n}P1` });

const attempt = (n: number): DeliveryAttempt => ({
  at: minutesLater(n).toISOString(),
  request: { url: 'https://erp.example/hook', headers: { 'webhook-id': 'evt_1' } },
  status: 500,
  body: 'no',
  latencyMs: 12,
  error: 'it answered 500',
});

const failed = { status: 'pending', nextAttemptAt: minutesLater(60).toISOString() } as const;
const delivered = { status: 'delivered', nextAttemptAt: null } as const;

describe('opening', () => {
  test('gives new deliveries as pending, in the order asked for', async () => {
    const opened = await deliveries.open('whe_1', [event(2), event(1)], NOON);

    expect(opened.map(({ event: id, status }) => [id, status])).toEqual([
      ['evt_2', 'pending'],
      ['evt_1', 'pending'],
    ]);
    expect(await deliveries.find(deliveryId('whe_1', 'evt_1'))).toEqual(opened[1]);
  });

  test('again changes nothing and tells how far they are', async () => {
    const [first] = await deliveries.open('whe_1', [event(1)], NOON);
    await deliveries.record(first?.id ?? '', attempt(1), delivered);

    const again = await deliveries.open('whe_1', [event(1), event(2)], minutesLater(5));

    expect(again.map(({ status, createdAt }) => [status, createdAt])).toEqual([
      ['delivered', '2026-11-23T12:00:00.000Z'],
      ['pending', '2026-11-23T12:05:00.000Z'],
    ]);
  });

  test('by twenty at once makes one', async () => {
    await Promise.all(Array.from({ length: 20 }, () => deliveries.open('whe_1', [event(1), event(2)], NOON)));

    expect(await deliveries.model.countDocuments({})).toBe(2);
  });
});

describe('an attempt', () => {
  const id = deliveryId('whe_1', 'evt_1');

  beforeEach(async () => {
    await deliveries.open('whe_1', [event(1)], NOON);
  });

  test('is kept, and counts', async () => {
    await deliveries.record(id, attempt(1), failed);

    expect(await deliveries.find(id)).toMatchObject({
      status: 'pending',
      attemptCount: 1,
      attempts: [attempt(1)],
      nextAttemptAt: '2026-11-23T13:00:00.000Z',
    });
  });

  test('that is written twice counts once', async () => {
    await deliveries.record(id, attempt(1), failed);
    await deliveries.record(id, attempt(1), failed);

    expect(await deliveries.find(id)).toMatchObject({ attemptCount: 1, attempts: { length: 1 } });
  });

  test('that failed takes nothing back from one that arrived', async () => {
    await deliveries.record(id, attempt(1), delivered);
    await deliveries.record(id, attempt(2), failed);

    expect(await deliveries.find(id)).toMatchObject({ status: 'delivered', attemptCount: 1, nextAttemptAt: null });
  });

  test('that arrived counts also where another run gave up', async () => {
    await deliveries.record(id, attempt(1), { status: 'exhausted', nextAttemptAt: null });
    await deliveries.record(id, attempt(2), delivered);

    expect(await deliveries.find(id)).toMatchObject({ status: 'delivered' });
  });

  test('is forgotten when there are more than twenty newer ones', async () => {
    for (let n = 1; n <= 25; n++) await deliveries.record(id, attempt(n), failed);

    const found = await deliveries.find(id);

    expect(found?.attemptCount).toBe(25);
    expect(found?.attempts.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, n) => attempt(n + 6).at));
  });
});

describe('ending and beginning again', () => {
  test('only what is pending is cancelled', async () => {
    await deliveries.open('whe_1', [event(1), event(2)], NOON);
    await deliveries.record(deliveryId('whe_1', 'evt_1'), attempt(1), delivered);

    await deliveries.cancel([deliveryId('whe_1', 'evt_1'), deliveryId('whe_1', 'evt_2')], minutesLater(2));

    const { items } = await deliveries.list({ limit: 10 });
    expect(items.map(({ event: id, status }) => [id, status])).toEqual([
      ['evt_2', 'cancelled'],
      ['evt_1', 'delivered'],
    ]);
  });

  test('a replay is due at once, counts from nothing and keeps what was', async () => {
    await deliveries.open('whe_1', [event(1)], NOON);
    const id = deliveryId('whe_1', 'evt_1');
    await deliveries.record(id, attempt(1), { status: 'exhausted', nextAttemptAt: null });

    await deliveries.reopen([id], minutesLater(2));
    await deliveries.reopen([id], minutesLater(2));

    expect(await deliveries.find(id)).toMatchObject({
      status: 'pending',
      attemptCount: 0,
      nextAttemptAt: null,
      attempts: { length: 1 },
    });
  });
});

describe('the log', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 5; n++) await deliveries.open(n === 5 ? 'whe_2' : 'whe_1', [event(n)], minutesLater(n));
    await deliveries.record(deliveryId('whe_1', 'evt_2'), attempt(2), delivered);
  });

  const numbers = (items: readonly { event: string }[]) => items.map(({ event: id }) => id);

  test('is read newest first, page by page', async () => {
    const first = await deliveries.list({ limit: 2 });
    const second = await deliveries.list({ limit: 2, cursor: first.next ?? '' });
    const third = await deliveries.list({ limit: 2, cursor: second.next ?? '' });

    expect([first, second, third].map(({ items }) => numbers(items))).toEqual([
      ['evt_5', 'evt_4'],
      ['evt_3', 'evt_2'],
      ['evt_1'],
    ]);
    expect(third.next).toBeNull();
  });

  test.each([
    ['of an endpoint', { endpoint: 'whe_2' }, ['evt_5']],
    ['with a status', { status: 'delivered' }, ['evt_2']],
    ['of an event', { event: 'evt_3' }, ['evt_3']],
    ['of an endpoint with a status', { endpoint: 'whe_1', status: 'pending' }, ['evt_4', 'evt_3', 'evt_1']],
    ['that nobody has', { endpoint: 'whe_9' }, []],
  ] as const)('shows those %s', async (_what, filter, expected) => {
    expect(numbers((await deliveries.list({ limit: 10, ...filter })).items)).toEqual(expected);
  });

  test('shows those of a time, its end not included', async () => {
    const from = minutesLater(2).toISOString();
    const to = minutesLater(4).toISOString();

    expect(numbers(await deliveries.between('whe_1', from, to))).toEqual(['evt_2', 'evt_3']);
    expect(numbers(await deliveries.between('whe_1', from, to, 'pending'))).toEqual(['evt_3']);
  });
});
