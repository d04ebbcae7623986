import { connectStore, type Connection } from '../../../src/store/connection.js';
import { createRequestPace } from '../../../src/store/requestPace.js';
import { freshDatabase } from '../../support/stack.js';

type Pace = ReturnType<typeof createRequestPace>;

let connections: Connection[];

beforeAll(async () => {
  const uri = freshDatabase();
  connections = await Promise.all([connectStore(uri), connectStore(uri)]);
});
afterAll(() => Promise.all(connections.map((connection) => connection.close())));

test('lets so many requests per second through, counted over all processes', async () => {
  const [one, other] = connections.map((connection) => createRequestPace(connection)) as [Pace, Pace];
  const begun = Date.now();

  await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : other).wait('erp', 50)));

  // Twenty moments of 20 ms each: the last is 380 ms after the first.
  expect(Date.now() - begun).toBeGreaterThanOrEqual(370);
});

test('does not make another service wait', async () => {
  const pace = createRequestPace(connections[0] as Connection);
  await pace.wait('slow', 0.2);

  await expect(pace.wait('other', 1_000)).resolves.toBeUndefined();
});

test('sends away who would wait for more than ten seconds, without a place in the queue', async () => {
  const pace = createRequestPace(connections[0] as Connection);
  await pace.wait('rare', 0.05);

  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(pace.wait('rare', 0.05)).rejects.toMatchObject({ code: 'stock.unreachable' });
  }
});
