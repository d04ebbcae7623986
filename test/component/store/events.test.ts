import { connectStore, type Connection } from '../../../src/store/connection.js';
import { createEventRepository, eventId, type EventRepository, type NewEvent } from '../../../src/store/events.js';
import { migrate } from '../../../src/store/migrate.js';
import { freshDatabase } from '../../support/stack.js';

let connection: Connection;
let events: EventRepository;

beforeEach(async () => {
  connection = await connectStore(freshDatabase());
  events = createEventRepository(connection);
  await migrate(connection);
});

afterEach(() => connection.close());

const event = (order: string, sequence: number, minute = sequence): NewEvent => ({
  type: 'order.planned',
  subject: `order/${order}`,
  sequence,
  order,
  timestamp: `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`,
  data: { number: order },
});

const names = (items: readonly { subject: string; sequence: number }[]) =>
  items.map(({ subject, sequence }) => `${subject}#${sequence}`);

describe('the event log', () => {
  test('reads page by page, in order, with a cursor that stays valid at the end', async () => {
    await events.append([event('R1', 1), event('R1', 2), event('R1', 3)], 1);

    const first = await events.read({ limit: 2 });
    const second = await events.read({ limit: 2, after: first.next });
    const end = await events.read({ limit: 2, after: second.next });
    await events.append([event('R1', 4)], 2);
    const more = await events.read({ limit: 2, after: end.next });

    expect([first, second, end, more].map(({ items }) => names(items))).toEqual([
      ['order/R1#1', 'order/R1#2'],
      ['order/R1#3'],
      [],
      ['order/R1#4'],
    ]);
  });

  test('an event with an earlier time that comes later is never before a cursor that was handed out', async () => {
    await events.append([event('R1', 1, 30)], 1);
    const { next } = await events.read({ limit: 10 });
    await events.append([event('R2', 1, 5)], 1);

    expect(names((await events.read({ limit: 10, after: next })).items)).toEqual(['order/R2#1']);
  });

  test.each([1, 2, 3])(
    'readers and writers at once (run %s): every reader sees every event once, in one and the same order',
    async () => {
      const orders = Array.from({ length: 20 }, (_, n) => `R${n}`);
      const writing = Promise.all(
        orders.map(async (order) => {
          for (let sequence = 1; sequence <= 10; sequence++) await events.append([event(order, sequence)], sequence);
        }),
      ).then(() => 'done' as const);
      const readAll = async () => {
        const seen: string[] = [];
        let after: string | undefined;
        let isWriting = true;
        void writing.then(() => (isWriting = false));
        for (;;) {
          const wasWriting = isWriting;
          const page = await events.read({ limit: 7, ...(after === undefined ? {} : { after }) });
          seen.push(...names(page.items));
          after = page.next;
          if (page.items.length === 0 && !wasWriting) return seen;
        }
      };

      const [one, two, three] = await Promise.all([readAll(), readAll(), readAll(), writing]);

      expect(one).toHaveLength(200);
      expect(new Set(one).size).toBe(200);
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      for (const order of orders) {
        expect(one.filter((name) => name.startsWith(`order/${order}#`))).toEqual(
          Array.from({ length: 10 }, (_, n) => `order/${order}#${n + 1}`),
        );
      }
    },
  );

  test('writing the same event again changes nothing but a later recording wins', async () => {
    await events.append([event('R1', 1)], 5);
    await events.append([{ ...event('R1', 1), data: 'older' }], 4);
    expect((await events.bodies([eventId('order/R1', 1)]))[0]?.data).toEqual({ number: 'R1' });

    await events.append([{ ...event('R1', 1), data: 'newer' }], 6);
    expect((await events.bodies([eventId('order/R1', 1)]))[0]?.data).toBe('newer');
    expect((await events.read({ limit: 10 })).items).toHaveLength(1);
  });

  test('goes on after the id of an event, and refuses what is no place', async () => {
    await events.append([event('R1', 1), event('R1', 2)], 1);

    expect(names((await events.read({ limit: 10, after: eventId('order/R1', 1) })).items)).toEqual(['order/R1#2']);
    await expect(events.read({ limit: 10, after: 'evt_nowhere' })).rejects.toMatchObject({ code: 'request.malformed' });
  });

  test('filters by type and subject', async () => {
    await events.append([event('R1', 1), event('R2', 1)], 1);

    expect(names((await events.read({ limit: 10, subject: 'order/R2' })).items)).toEqual(['order/R2#1']);
    expect((await events.read({ limit: 10, type: 'order.completed' })).items).toEqual([]);
  });
});
