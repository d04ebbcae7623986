import type { Order } from '../../../src/domain/order/order.js';
import { receivedOrder } from '../../../src/domain/order/order.js';
import { order as orderSchema } from '../../../src/schemas/order.js';
import { connectStore, type Connection } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import { createOrderRepository, type OrderRepository } from '../../../src/store/orders.js';
import { freshDatabase } from '../../support/stack.js';

let connection: Connection;
let orders: OrderRepository;
const now = new Date('2026-11-23T09:00:00Z');

beforeEach(async () => {
  connection = await connectStore(freshDatabase());
  orders = createOrderRepository(connection);
  await migrate(connection);
});

afterEach(() => connection.close());

const newOrder = (number: string, change: Partial<Order> = {}): Order =>
  orderSchema.parse({
    number,
    channel: 'web',
    placedAt: '2026-11-23T09:00:00Z',
    currency: 'EUR',
    customer: { type: 'individual', firstName: 'Ada', lastName: 'Byron' },
    shippingAddress: { country: 'TR' },
    shippingOption: 'standard',
    paymentType: 'card',
    delivery: { type: 'home' },
    lines: [{ id: '1', sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: 100 }],
    ...change,
  });

describe('intake', () => {
  test('the same content again is the same order, whatever order its fields are in', async () => {
    expect(await orders.insertReceived(newOrder('R1'), now)).toBe('created');

    const reversed = Object.fromEntries(Object.entries(newOrder('R1')).reverse()) as unknown as Order;
    expect(await orders.insertReceived(reversed, now)).toBe('same');
  });

  test('other content under a known number changes nothing', async () => {
    await orders.insertReceived(newOrder('R1'), now);

    expect(await orders.insertReceived(newOrder('R1', { channel: 'app' }), now)).toBe('different');
    expect((await orders.find('R1'))?.order.channel).toBe('web');
  });

  test('twenty at once: one is created', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => orders.insertReceived(newOrder('R1'), now)));

    expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'same')).toHaveLength(19);
  });
});

describe('recording', () => {
  const recorded = (version: number, channel: string) => ({
    ...receivedOrder(newOrder('R1', { channel }), now.toISOString()),
    version,
  });
  const channel = async () => (await orders.find('R1'))?.order.channel;

  test('an older version never overwrites a newer one', async () => {
    await orders.save(recorded(2, 'newer'), 100);
    await orders.save(recorded(1, 'older'), 200);

    expect(await channel()).toBe('newer');
  });

  test('of two records of one version the one recorded later is the truth, whichever arrives first', async () => {
    await orders.save(recorded(1, 'abandoned'), 100);
    await orders.save(recorded(1, 'repeated'), 200);
    await orders.save(recorded(1, 'abandoned'), 100);

    expect(await channel()).toBe('repeated');
  });
});

test('a list is stable while orders come in: no order is seen twice or left out', async () => {
  for (let n = 1; n <= 5; n++) await orders.insertReceived(newOrder(`R${n}`), new Date(now.getTime() + n));
  const first = await orders.list({ limit: 2 });
  await orders.insertReceived(newOrder('R9'), new Date(now.getTime() + 99));

  const second = await orders.list({ limit: 2, cursor: first.next! });
  const third = await orders.list({ limit: 2, cursor: second.next! });

  const seen = [...first.items, ...second.items, ...third.items].map(({ order }) => order.number);
  expect(seen).toEqual(['R5', 'R4', 'R3', 'R2', 'R1']);
  expect(third.next).toBeNull();
});
