import { createOrchestrator } from '../../src/clients/orchestrator.js';
import { eventually } from '../support/eventually.js';
import { unique } from '../support/stack.js';
import { SECRET, subscribe } from './support/brand.js';
import { hasEvents, historyLength } from './support/histories.js';
import { JOURNEYS, prepare, SCENARIOS, TRANSFER_SCENARIOS, travelOf, type Journey } from './support/travels.js';
import { violationsOf } from './support/books.js';
import { spawnWorker, type WorkerProcess } from './support/workerProcess.js';
import { openWorld, type World } from './support/world.js';

/**
 * Kills, spread over all events; `OMS_KILLS=all` has one after each event. Most of the time of each is
 * spent waiting for Temporal to miss the worker.
 */
const KILLS = process.env['OMS_KILLS'] === 'all' ? Infinity : Number(process.env['OMS_KILLS'] ?? 110);
const AT_ONCE = 12;

/** The worker is killed as soon as the history of this workflow has so many events. */
interface Point {
  readonly journey: Journey;
  readonly world: World;
  /** `order`, `package/P1`, `transfer/P1T1`. */
  readonly workflow: string;
  readonly event: number;
}

let quiet: World;
let loud: World;

beforeAll(async () => {
  const brand = { scenarios: SCENARIOS, transferScenarios: TRANSFER_SCENARIOS };
  [quiet, loud] = await Promise.all([openWorld(brand), openWorld(brand)]);
  loud.receiver.secret = SECRET;
  loud.receiver.mode = 'flaky';
  await subscribe(loud.configuration, loud.receiver.url, { ordering: 'per_subject' });
});

afterAll(() => Promise.all([quiet.close(), loud.close()]));

const idOf = (workflow: string, number: string): string => {
  const [kind = '', part = ''] = workflow.split('/');
  return `${kind}/${number}${part}`;
};

const workflowsOf = ({ workflows }: Journey): string[] => ['order', ...workflows];

/** Once from beginning to end without a kill: what there is to kill after, and what must have been told. */
async function measure(world: World, journey: Journey): Promise<Point[]> {
  const order = prepare(world, journey);
  await world.place(order);
  await Promise.all([journey.run(travelOf(world, order.number)), world.orderIn(order.number, journey.ends.order)]);
  const points: Point[] = [];
  for (const workflow of workflowsOf(journey)) {
    const workflowId = idOf(workflow, order.number);
    await world.closed(workflowId);
    const length = await historyLength(world.client, workflowId);
    for (let event = 1; event < length; event++) points.push({ journey, world, workflow, event });
  }
  expected.set(journey, await toldOf(world, journey, order.number));
  return points;
}

/**
 * How often each event was recorded; a detour over somebody's death adds others, but none of these. Left out is news of
 * parcels: who asks later hears less of it.
 */
async function toldOf({ records }: World, journey: Journey, number: string): Promise<Map<string, number>> {
  const told = new Map<string, number>();
  for (const workflow of workflowsOf(journey)) {
    const subject = idOf(workflow, number) as `order/${string}`;
    const { items } = await records.events.read({ subject, limit: 200 });
    expect(items.map(({ sequence }) => sequence)).toEqual(items.map((_, index) => index + 1));
    for (const { type } of items) {
      const name = `${workflow} ${type}`;
      if (!/\.transitioned$|^shipment\.status\./.test(type)) told.set(name, (told.get(name) ?? 0) + 1);
    }
  }
  return told;
}

const expected = new Map<Journey, ReadonlyMap<string, number>>();

/** As many of them as are wanted, evenly spread. */
const sample = <Item>(items: readonly Item[], most: number): Item[] =>
  items.filter(
    (_, index) =>
      items.length <= most ||
      Math.floor(((index + 1) * most) / items.length) > Math.floor((index * most) / items.length),
  );

/** Lives through a journey whose worker dies at the point, and another takes over. */
async function dieAt({ journey, world, workflow, event }: Point, victim: WorkerProcess): Promise<boolean> {
  const order = prepare(world, journey);
  const { number } = order;
  const taskQueue = unique('queue');
  await world.records.orders.insertReceived(order, new Date());
  victim.work(taskQueue);
  await createOrchestrator(world.client, taskQueue).startOrder(order);
  let isOver = false;
  const travelling = journey.run(travelOf(world, number)).finally(() => (isOver = true));
  const isReached = hasEvents(world.client, { workflowId: idOf(workflow, number), events: event }, () => isOver);
  try {
    await Promise.race([isReached, travelling.then(() => isReached)]);
  } finally {
    await victim.kill();
  }
  const successor = await world.workOn(taskQueue);
  try {
    await travelling;
    await check(world, journey, number);
  } finally {
    await successor.stop();
  }
  return isReached;
}

async function check(world: World, journey: Journey, number: string): Promise<void> {
  const { records, carrier } = world;
  await world.orderIn(number, journey.ends.order);
  for (const workflow of workflowsOf(journey)) await world.closed(idOf(workflow, number));
  const packages = await records.packages.ofOrder(number);
  expect(packages.map(({ state }) => state)).toEqual(journey.ends.packages);
  const delivered = packages.filter(({ state }) => state === 'delivered').map((parcel) => parcel.number);
  expect([...carrier.shipments.keys()].filter((id) => id.startsWith(`${number}P`))).toEqual(delivered);
  const told = await toldOf(world, journey, number);
  for (const [name, times] of expected.get(journey) ?? []) expect([name, told.get(name)]).toEqual([name, times]);
}

/** All points, so many at the same time, each with a process that was started while the one before it was busy. */
async function dieAtAll(points: readonly Point[]) {
  const waiting = points.map((point) => ({ point, victim: null as WorkerProcess | null }));
  const warm = (count: number) => {
    for (const entry of waiting.slice(0, count)) entry.victim ??= spawnWorker(entry.point.world.uri);
  };
  let kills = 0;
  const failures: string[] = [];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { point, victim = null } = next;
      warm(2);
      const name = `${point.journey.name}, ${point.workflow}, event ${point.event}`;
      try {
        if (await dieAt(point, victim ?? spawnWorker(point.world.uri))) kills++;
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { kills, failures };
}

test('the worker killed after any event of any workflow: another takes over, and nothing is lost or doubled', async () => {
  const standard = JOURNEYS[0]!;
  const webhooks: Journey = { ...standard, name: 'told to a receiver that fails at first' };
  const points: Point[] = [];
  for (const journey of JOURNEYS) points.push(...(await measure(quiet, journey)));
  points.push(...(await measure(loud, webhooks)));
  const chosen = sample(points, KILLS);

  const { kills, failures } = await dieAtAll(chosen);

  expect(failures).toEqual([]);
  // One that batches its events otherwise than the measured one may be over before its point.
  expect(kills).toBeGreaterThanOrEqual(Math.floor(chosen.length * 0.95));
  for (const world of [quiet, loud]) expect(await violationsOf(world, 10_000)).toEqual([]);
  const { items } = await loud.records.events.read({ limit: 10_000 });
  const arrived = new Set(loud.receiver.events.map(({ id }) => id));
  await eventually(() => Promise.resolve(items.every(({ id }) => arrived.has(id))), 'every event arrived');
  expect(loud.receiver.refused).toEqual([]);
}, 3_600_000);
