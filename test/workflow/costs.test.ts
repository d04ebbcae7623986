import { temporal } from '@temporalio/proto';

import { eventually } from '../support/eventually.js';
import { newOrder, SECRET, subscribe } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

/** What one standard order costs. docs/costs.md tells where each of it goes. */
interface Costs {
  readonly historyEvents: number;
  readonly workflowTasks: number;
  readonly stateTransitions: number;
  readonly mongoCommands: Readonly<Record<string, number>>;
  readonly httpCalls: Readonly<Record<'stock' | 'carrier' | 'webhooks', number>>;
}

const { EventType } = temporal.api.enums.v1;

let world: World;

beforeEach(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) world.stock.table.set(`S1|${sku}`, 1_000);
  world.receiver.secret = SECRET;
});

afterEach(() => world.close());

/** 2 lines, 1 package, prepare, ready, pack, ship, 3 tracking steps, delivered; each step at rest before the next. */
async function costsOfStandardOrder(): Promise<Costs> {
  const mongoCommands: Record<string, number> = {};
  world.ours.getClient().on('commandStarted', ({ commandName }) => {
    mongoCommands[commandName] = (mongoCommands[commandName] ?? 0) + 1;
  });
  const order = newOrder();
  const parcel = `${order.number}P1`;
  world.carrier.script(parcel, ['SHIPPING', 'OUT_FOR_DELIVERY', 'DELIVERED'], () => atRest(parcel, 1));
  await world.product.records.orders.insertReceived(order, new Date());
  await world.orchestrator.startOrder(order);
  await world.packageIn(parcel, 'waiting');
  for (const command of ['prepare', 'ready', 'pack', 'ship'] as const) {
    await atRest(parcel, 0);
    await world.command(parcel, { command });
  }
  await world.orderIn(order.number, 'completed');
  await world.closed(`order/${order.number}`);

  const workflows = await Promise.all([measure(`order/${order.number}`), measure(`package/${parcel}`)]);
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

/** Nothing is under way in the package but so many activities, such as the question that waits for this. */
const atRest = (parcel: string, activities: number) =>
  eventually(async () => {
    const { raw } = await world.client.workflow.getHandle(`package/${parcel}`).describe();
    return !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === activities;
  }, `${parcel} at rest`);

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
  const costs = await costsOfStandardOrder();

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
  await subscribe(world.configuration, world.receiver.url);

  const costs = await costsOfStandardOrder();

  expect(costs).toEqual({
    historyEvents: 150,
    workflowTasks: 23,
    stateTransitions: 77,
    mongoCommands: { find: 73, insert: 12, update: 53 },
    httpCalls: { stock: 1, carrier: 4, webhooks: 18 },
  });
  expect(costs.historyEvents).toBeLessThanOrEqual(150);
});
