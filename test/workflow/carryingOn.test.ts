import { eventually } from '../support/eventually.js';
import { violationsOf } from './support/books.js';
import { SECRET, subscribe } from './support/brand.js';
import {
  ask,
  fromAnywhere,
  inTurn,
  JOURNEYS,
  placeOrder,
  S1_AND_S2,
  scenario,
  type Place,
} from './support/journeys.js';
import { startReceiver } from './support/outside.js';
import { openShop, type Shop } from './support/shop.js';
import { openWorld } from './support/world.js';

// The same journeys twice: once in a world where no run ends early, once where every run ends after every step.
const STEP_BY_STEP = { continueAfterEvents: 4 };

let places: readonly Place[];

const open = async (continuing: object): Promise<Place> => {
  const world = await openWorld({ scenarios: [scenario], transferScenarios: [fromAnywhere], continuing });
  const inOrder = await startReceiver();
  for (const receiver of [world.receiver, inOrder]) receiver.secret = SECRET;
  await subscribe(world.configuration, world.receiver.url);
  await subscribe(world.configuration, inOrder.url, { ordering: 'per_subject' });
  return { world, shop: openShop(world), inOrder };
};

beforeAll(async () => {
  places = [await open({}), await open(STEP_BY_STEP)];
});

afterAll(async () => {
  for (const { world, inOrder } of places) {
    await world.close();
    await inOrder.close();
  }
});

/** What the journey has left behind, with the number of the order taken out. */
async function traces({ world }: Place, order: string) {
  const { records } = world;
  const packages = await records.packages.ofOrder(order);
  const transfers = packages.flatMap((parcel) => parcel.transfers);
  const subjects = [
    `order/${order}`,
    ...packages.map(({ number }) => `package/${number}`),
    ...transfers.map((number) => `transfer/${number}`),
  ];
  const events = await Promise.all(
    subjects.map(async (subject) => (await records.events.read({ limit: 100, subject })).items),
  );
  const views = [
    await records.orders.find(order),
    ...packages,
    ...(await Promise.all(transfers.map((number) => records.transfers.find(number)))),
  ];
  return {
    events: events.map((of) => of.map(({ type, sequence, subject }) => `${subject} ${sequence} ${type}`)),
    views,
    ids: events.flatMap((of) => of.map(({ id, subject, sequence }) => ({ id, subject, sequence }))),
  };
}

const VARYING = new Set(['createdAt', 'updatedAt', 'at', 'since', 'nextAttemptAt', 'version', 'insertedAt']);

/** Comparable between two worlds. */
function plain(order: string, goods: Shop['goods'], value: unknown): unknown {
  const text = JSON.stringify(value, (key, of: unknown) => (VARYING.has(key) ? undefined : of));
  const names = Object.entries(goods).map(([name, sku]): [string, string] => [sku, name]);
  return JSON.parse([[order, 'R'] as const, ...names].reduce((all, [from, to]) => all.replaceAll(from, to), text));
}

describe.each(Object.entries(JOURNEYS))('%s', (_name, journey) => {
  test('leaves the same behind when every run ends after every step, and tells everybody once', async () => {
    const left: unknown[] = [];
    for (const here of places) {
      const order = await journey(here);
      await here.world.closed(`order/${order}`);
      const { events, views, ids } = await traces(here, order);
      for (const receiver of [here.world.receiver, here.inOrder]) {
        const told = () => receiver.events.filter(({ subject }) => ids.some((of) => of.subject === subject));
        await eventually(() => Promise.resolve(told().length >= ids.length), 'everybody is told');
        expect(
          told()
            .map(({ id }) => id)
            .sort(),
        ).toEqual(ids.map(({ id }) => id).sort());
      }
      for (const of of new Set(ids.map(({ subject }) => subject))) {
        const told = here.inOrder.events.filter(({ subject }) => subject === of).map(({ sequence }) => sequence);
        expect(told).toEqual(told.map((_, index) => index + 1));
      }
      left.push(plain(order, here.shop.goods, { events, views }));
    }

    expect(left[1]).toEqual(left[0]);
  });
});

test('a receiver that takes its time is told once, although the run ends while it thinks', async () => {
  const here = places[1]!;
  const receivers = [here.world.receiver, here.inOrder];
  for (const receiver of receivers) receiver.answersAfterMs = 400;

  const order = await JOURNEYS['refused, and planned elsewhere']!(here);

  await here.world.closed(`order/${order}`);
  for (const receiver of receivers) receiver.answersAfterMs = 0;
  const { ids } = await traces(here, order);
  expect(await runsOf(here, `package/${order}P2`)).toBeGreaterThan(1);
  for (const receiver of receivers) {
    const told = receiver.events.filter(({ subject }) => ids.some((of) => of.subject === subject));
    expect(told.map(({ id }) => id).sort()).toEqual(ids.map(({ id }) => id).sort());
  }
});

const runsOf = async ({ world }: Place, workflowId: string): Promise<number> => {
  let runs = 0;
  for await (const _ of world.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs++;
  return runs;
};

test('a command that is repeated in a later run has one effect, and the same answer', async () => {
  const here = places[1]!;
  const { world, shop } = here;
  shop.restock(S1_AND_S2);
  const order = await placeOrder(here);
  const number = `${order}P1`;
  await world.packageIn(number, 'waiting');
  const first = await world.command(number, { command: 'prepare' }, 'once');
  const urgent = { command: 'change_priority', priority: 1 } as const;
  const firstOfOrder = await ask(here, order, urgent, 'once');
  const runs = await runsOf(here, `package/${number}`);
  await eventually(async () => (await runsOf(here, `package/${number}`)) >= runs, 'the next run');

  expect(await world.command(number, { command: 'prepare' }, 'once')).toEqual(first);
  expect(await ask(here, order, urgent, 'once')).toEqual(firstOfOrder);
  await expect(world.command(number, { command: 'ready' }, 'once')).rejects.toMatchObject({
    code: 'idempotency.key_reused',
  });
  await ask(here, order, { command: 'cancel', reason: 'customer' });
  await world.orderIn(order, 'cancelled');
});

test('nothing that could be seen is lost from one run to the next, and the books balance', async () => {
  const here = places[1]!;
  const { world, shop } = here;
  shop.restock(S1_AND_S2);
  const order = await placeOrder(here);
  await world.packageIn(`${order}P1`, 'waiting');
  await inTurn(here, `${order}P1`, 'prepare');

  const violations = await violationsOf(world, 10_000);

  expect(violations).toEqual([]);
  expect(await runsOf(here, `order/${order}`)).toBeGreaterThan(1);
  expect(await runsOf(here, `package/${order}P1`)).toBeGreaterThan(1);
  const { searchAttributes } = await world.client.workflow.getHandle(`package/${order}P1`).describe();
  expect(searchAttributes).toMatchObject({ OmsOrder: [order], OmsState: ['preparing'], OmsLocation: ['S1'] });
  await ask(here, order, { command: 'cancel', reason: 'customer' });
});
