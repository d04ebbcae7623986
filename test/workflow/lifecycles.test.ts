import { OmsError } from '../../src/platform/errors.js';
import { createVerification } from '../../src/store/verification.js';
import { createWorkflowStates } from '../../src/clients/workflowStates.js';
import { lookAtOrder } from '../../src/cli/verify/lookAtOrder.js';
import { packageCommandSignal, packageWorkflowId } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { newOrder } from './support/brand.js';
import { openPage } from './support/followPage.js';
import { serveWorld } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;

beforeAll(async () => {
  world = await openWorld();
  for (const place of ['S1', 'S2']) for (const sku of ['A', 'B']) world.stock.table.set(`${place}|${sku}`, 1_000);
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

/** A package in `waiting`, planned now. */
async function waitingPackage(): Promise<{ order: string; number: string }> {
  const order = await world.place(newOrder());
  await world.packageIn(`${order}P1`, 'waiting');
  return { order, number: `${order}P1` };
}

const refusalOf = (step: Promise<unknown>): Promise<OmsError> =>
  step.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => (error instanceof OmsError ? error : Promise.reject(error as Error)),
  );

const signal = (number: string, command: object) =>
  world.client.workflow.getHandle(packageWorkflowId(number)).signal(packageCommandSignal, command as never);

/** Why signals were refused, the latest first. */
const refusedSignals = async (number: string) =>
  (await world.records.audit.list({ limit: 50, subject: `package/${number}` })).items
    .filter(({ outcome }) => outcome === 'refused')
    .map(({ detail }) => detail);

/** Of an event that comes right after the record that it tells of. */
const dataOf = (number: string, type: string) =>
  eventually(async () => {
    const { items } = await world.records.events.read({ limit: 50, subject: `package/${number}` });
    return items.find((event) => event.type === type)?.data;
  }, `${type} of ${number}`);

async function violationsOf(order: string) {
  const { records, configuration } = world;
  const { webhookEndpoints, lifecycles } = configuration;
  const workflows = createWorkflowStates(world.client, world.taskQueue);
  const dependencies = { verification: createVerification(records), workflows, webhookEndpoints, lifecycles };
  return (await lookAtOrder(dependencies, order)).filter(({ invariant }) => invariant === 7);
}

test('the page is true: what began before keeps the old life cycle, what begins after it the new one', async () => {
  const before = await waitingPackage();
  const { blocks, follow } = openPage('change-the-lifecycle.md', api.url);
  expect(blocks).toHaveLength(5);

  expect(await follow(blocks[0])).toContain('Draft of package saved.');
  expect(await follow(blocks[1])).toMatch(/is sound[\s\S]*waiting --> packed: box_up/);
  expect(await follow(blocks[2])).toMatch(/package .*1/);
  const after = await waitingPackage();
  expect(await follow(blocks[3])).toContain(after.number);

  // The old one goes on as it was.
  expect((await world.command(before.number, { command: 'ready' })).lifecycle).toEqual({ name: 'default', version: 1 });
  // The new one has no such command.
  const refused = await refusalOf(world.command(after.number, { command: 'ready' }));
  expect(refused.code).toBe('package.illegal_transition');
  expect(refused.options.context?.['state']).toBe('waiting');
  expect(refused.options.context?.['allowed']).toContain('pack');
  expect(refused.options.context?.['allowed']).not.toContain('ready');

  await signal(after.number, { command: 'box_up', withShipment: false });
  const packed = await world.packageIn(after.number, 'packed');
  expect(packed.lifecycle).toEqual({ name: 'package', version: 1 });
  expect(await dataOf(after.number, 'package.status.packed')).toMatchObject({
    ...{ state: 'packed', stateSlug: 'boxed', lifecycle: { name: 'package', version: 1 } },
    commands: expect.arrayContaining([expect.objectContaining({ command: 'cancel', requires: 'planner' })]),
  });
  expect(await violationsOf(after.order)).toEqual([]);

  await follow(blocks[4]);
  const last = await waitingPackage();
  expect((await world.command(last.number, { command: 'ready' })).lifecycle.name).toBe('default');
  // Packed under its own life cycle, it still asks for a planner.
  await signal(after.number, { command: 'cancel', reason: 'customer' });
  await eventually(
    async () => (await refusedSignals(after.number)).includes('cancel is not for a sender without a role'),
    'the signal refused',
  );
  await signal(after.number, { command: 'cancel', reason: 'customer', role: 'planner' });
  await world.packageIn(after.number, 'cancelled');
}, 120_000);

/** The default of packages without these commands. */
async function publishWithout(...commands: readonly string[]): Promise<void> {
  const changes = { commands: Object.fromEntries(commands.map((name) => [name, { off: true }])) };
  const { lifecycles } = world.configuration;
  await lifecycles.createDraft('package', { states: {}, transitions: [], ...changes }, new Date());
  await lifecycles.publish('package', 'test', new Date());
}

test('a role that may not: refused by the workflow too, and nothing changes', async () => {
  await world.configuration.lifecycles.createDraft(
    'package',
    { states: {}, commands: {}, transitions: [{ command: 'cancel', visibility: 'system' }] },
    new Date(),
  );
  await world.configuration.lifecycles.publish('package', 'test', new Date());
  const { order, number } = await waitingPackage();

  const cancel = { command: 'cancel', reason: 'customer' } as const;
  const refused = await refusalOf(world.orchestrator.commandPackage(number, cancel, { by: 'me', role: 'admin' }));

  expect(refused.code).toBe('request.forbidden');
  expect(await world.records.packages.find(number)).toMatchObject({ state: 'waiting', version: 1 });

  // What no caller may, the order still does.
  await world.orchestrator.commandOrder(order, cancel, { by: 'me' });
  await world.packageIn(number, 'cancelled');
  expect(await violationsOf(order)).toEqual([]);
}, 60_000);

test('what a life cycle is without, prepare_items does not do either', async () => {
  await publishWithout('report_missing', 'replace_product');
  const { number } = await waitingPackage();

  const missing = [{ id: '1', quantity: 1, kind: 'not_found' }] as const;
  const refused = await refusalOf(world.command(number, { command: 'prepare_items', missing }));
  const replacements = [{ item: '1', sku: 'B' }];
  const other = await refusalOf(world.command(number, { command: 'prepare_items', replacements }));

  expect(refused.options.errors).toMatchObject([{ pointer: '/missing' }]);
  expect(other.options.errors).toMatchObject([{ pointer: '/replacements' }]);
  expect(await world.command(number, { command: 'prepare_items' })).toMatchObject({ state: 'preparing' });
}, 60_000);
