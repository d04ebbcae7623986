import { temporal } from '@temporalio/proto';

import { eventually } from '../support/eventually.js';
import { newOrder, SECRET, subscribe } from './support/brand.js';
import { SCENARIOS, TRANSFER_SCENARIOS } from './support/travels.js';
import { openWorld, type World } from './support/world.js';

/** What one order costs. docs/costs.md tells where each of it goes. */
interface Costs {
  readonly historyEvents: number;
  readonly workflowTasks: number;
  readonly stateTransitions: number;
  readonly mongoCommands: Readonly<Record<string, number>>;
  readonly httpCalls: Readonly<Record<'stock' | 'carrier' | 'webhooks', number>>;
}

const { EventType } = temporal.api.enums.v1;

let world: World;

afterEach(() => world.close());

/** Where two of A and one of B lie. */
const AT_ONE_PLACE = { 'S1|A': 100, 'S1|B': 100, 'S2|A': 100, 'S2|B': 100 };

/** What an order costs from its intake to its end, its packages and transfers included. */
async function costsOf(
  stock: Readonly<Record<string, number>>,
  live: (number: string) => Promise<readonly string[]>,
): Promise<Costs> {
  const mongoCommands: Record<string, number> = {};
  world.ours.getClient().on('commandStarted', ({ commandName }) => {
    mongoCommands[commandName] = (mongoCommands[commandName] ?? 0) + 1;
  });
  for (const [key, units] of Object.entries(stock)) world.stock.table.set(key, units);
  const order = newOrder();
  await world.product.records.orders.insertReceived(order, new Date());
  await world.orchestrator.startOrder(order);
  const others = await live(order.number);
  await world.orderIn(order.number, 'completed');
  await world.closed(`order/${order.number}`);

  const workflows = await Promise.all([`order/${order.number}`, ...others].map(measure));
  const sum = (name: 'historyEvents' | 'workflowTasks' | 'stateTransitions') =>
    workflows.reduce((total, one) => total + one[name], 0);
  return {
    historyEvents: sum('historyEvents'),
    workflowTasks: sum('workflowTasks'),
    stateTransitions: sum('stateTransitions'),
    mongoCommands,
    httpCalls: { stock: world.stock.requests, carrier: world.carrier.requests, webhooks: world.receiver.requests },
  };
}

/** prepare, ready, pack, ship, 3 tracking steps, delivered; each step at rest before the next. */
async function workOff(parcel: string): Promise<void> {
  world.carrier.script(parcel, ['SHIPPING', 'OUT_FOR_DELIVERY', 'DELIVERED'], () => atRest(`package/${parcel}`, 1));
  await world.packageIn(parcel, 'waiting');
  for (const command of ['prepare', 'ready', 'pack', 'ship'] as const) {
    await atRest(`package/${parcel}`);
    await world.command(parcel, { command });
  }
}

/** 2 lines, 1 package. */
const standardOrder = () =>
  costsOf(AT_ONE_PLACE, async (number) => {
    await workOff(`${number}P1`);
    return [`package/${number}P1`];
  });

/** The standard order, refused by the first place and packed by the second. */
const refusedOrder = () =>
  costsOf(AT_ONE_PLACE, async (number) => {
    await world.packageIn(`${number}P1`, 'waiting');
    for (const id of ['order', 'package']) await atRest(`${id}/${number}${id === 'order' ? '' : 'P1'}`);
    await world.command(`${number}P1`, { command: 'refuse', reason: 'damaged' });
    await workOff(`${number}P2`);
    return [`package/${number}P1`, `package/${number}P2`];
  });

/** The standard order, one line of which comes from another place first. */
const transferOrder = () =>
  costsOf({ 'S1|A': 100, 'S3|B': 100 }, async (number) => {
    const transfer = `${number}P1T1`;
    await world.transferIn(transfer, 'waiting');
    for (const command of ['ready', 'dispatch', 'receive'] as const) {
      for (const id of [`order/${number}`, `package/${number}P1`, `transfer/${transfer}`]) await atRest(id);
      await world.commandTransfer(transfer, { command });
    }
    await workOff(`${number}P1`);
    return [`package/${number}P1`, `transfer/${transfer}`];
  });

/** Nothing is under way in the workflow but so many activities, such as the question that waits for this. */
const atRest = (workflowId: string, activities = 0) =>
  eventually(async () => {
    const { raw } = await world.client.workflow.getHandle(workflowId).describe();
    return !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === activities;
  }, `${workflowId} at rest`);

async function measure(workflowId: string) {
  const handle = world.client.workflow.getHandle(workflowId);
  const [{ events = [] }, { raw }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const isCompletedTask = ({ eventType }: { eventType?: unknown }) =>
    eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
  return {
    historyEvents: events?.length ?? 0,
    workflowTasks: (events ?? []).filter(isCompletedTask).length,
    stateTransitions: Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0),
  };
}

test('a standard order without webhooks', async () => {
  world = await openWorld();

  const costs = await standardOrder();

  expect(costs).toEqual({
    historyEvents: 88,
    workflowTasks: 13,
    stateTransitions: 37,
    mongoCommands: { find: 33, insert: 2, update: 35 },
    httpCalls: { stock: 1, carrier: 4, webhooks: 0 },
  });
  expect(costs.historyEvents).toBeLessThanOrEqual(90);
});

test('a standard order with every event going to one endpoint', async () => {
  world = await openWorld();
  world.receiver.secret = SECRET;
  await subscribe(world.configuration, world.receiver.url);

  const costs = await standardOrder();

  expect(costs).toEqual({
    historyEvents: 150,
    workflowTasks: 23,
    stateTransitions: 77,
    mongoCommands: costs.mongoCommands,
    httpCalls: { stock: 1, carrier: 4, webhooks: 18 },
  });
  // Deliveries of the same moment share their queries, so there may be fewer.
  for (const [name, most] of Object.entries({ find: 53, insert: 12, update: 53 }))
    expect([name, (costs.mongoCommands[name] ?? 0) <= most]).toEqual([name, true]);
});

test('an order that is refused once and planned again', async () => {
  world = await openWorld();

  const costs = await refusedOrder();

  expect(costs).toEqual({
    historyEvents: 140,
    workflowTasks: 22,
    stateTransitions: 66,
    mongoCommands: { find: 50, insert: 2, update: 53 },
    httpCalls: { stock: 2, carrier: 4, webhooks: 0 },
  });
});

test('an order with a transfer', async () => {
  world = await openWorld({ scenarios: SCENARIOS, transferScenarios: TRANSFER_SCENARIOS });

  const costs = await transferOrder();

  expect(costs).toEqual({
    historyEvents: 135,
    workflowTasks: 21,
    stateTransitions: 56,
    mongoCommands: { find: 41, insert: 2, update: 51 },
    httpCalls: { stock: 1, carrier: 4, webhooks: 0 },
  });
});
