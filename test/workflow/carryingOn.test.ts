import { newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  // Every task of a workflow but the first of a run finds that the run is long.
  world = await openWorld({ continuing: { continueAfterEvents: 4 } });
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
});

afterAll(() => world.close());

const runsOf = async (workflowId: string): Promise<number> => {
  let runs = 0;
  for await (const _ of world.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs++;
  return runs;
};

test('an order whose runs end after every step is worked off like any other', async () => {
  const order = await world.place(newOrder());
  const parcel = `${order}P1`;
  world.carrier.script(parcel, ['SHIPPING', 'OUT_FOR_DELIVERY', 'DELIVERED'], () => Promise.resolve());

  await world.workOff(parcel);

  await world.orderIn(order, 'completed');
  await world.ended(order, 'carried-on');
  expect(await runsOf(`order/${order}`)).toBeGreaterThan(1);
  expect(await runsOf(`package/${parcel}`)).toBeGreaterThan(3);
});
