import { connectStore, type Connection } from '../../../src/store/connection.js';
import { createRequestSlots } from '../../../src/store/requestSlots.js';
import { freshDatabase } from '../../support/stack.js';

type Slots = ReturnType<typeof createRequestSlots>;

let connections: Connection[];
let slots: [Slots, Slots];

beforeAll(async () => {
  const uri = freshDatabase();
  connections = await Promise.all([connectStore(uri), connectStore(uri)]);
  slots = connections.map((connection) => createRequestSlots(connection)) as [Slots, Slots];
});
afterAll(() => Promise.all(connections.map((connection) => connection.close())));

const terms = { most: 3, holdMs: 60_000 };

test('lets so many requests be under way, counted over all processes, and everybody has a turn', async () => {
  let [underWay, most, done] = [0, 0, 0];
  const request = async (of: Slots) => {
    const leave = await of.take('erp', terms);
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, 20));
    underWay--;
    done++;
    await leave();
  };

  await Promise.all(Array.from({ length: 24 }, (_, n) => request(slots[n % 2 === 0 ? 0 : 1])));

  expect([most, done]).toEqual([3, 24]);
});

test('does not make another service wait', async () => {
  await Promise.all([1, 2, 3].map(() => slots[0].take('full', terms)));

  await expect(slots[1].take('other', terms)).resolves.toEqual(expect.any(Function));
});

test('what a process held that died is free after its time', async () => {
  await slots[0].take('died', { most: 1, holdMs: 300 });
  const begun = Date.now();

  await slots[1].take('died', { most: 1, holdMs: 300 });

  expect(Date.now() - begun).toBeGreaterThanOrEqual(250);
});

test('sends away who has waited for ten seconds', async () => {
  await slots[0].take('stuck', { most: 1, holdMs: 60_000 });

  await expect(slots[1].take('stuck', { most: 1, holdMs: 60_000 })).rejects.toMatchObject({
    ...{ code: 'stock.unreachable', detail: expect.stringContaining('maxConcurrentRequests') as unknown },
  });
});

test('gives back its own slot and no other', async () => {
  const [first] = await Promise.all([
    slots[0].take('two', { ...terms, most: 2 }),
    slots[0].take('two', { ...terms, most: 2 }),
  ]);

  await first();
  await first();

  await expect(slots[1].take('two', { ...terms, most: 2 })).resolves.toEqual(expect.any(Function));
  await expect(slots[1].take('two', { most: 2, holdMs: 1 })).rejects.toMatchObject({ code: 'stock.unreachable' });
});
