import { plan } from '../../src/domain/planning/plan.js';
import { fingerprint } from '../../src/platform/fingerprint.js';
import { location, newOrder } from './support/brand.js';
import { openWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  for (const sku of ['A', 'B']) for (const place of ['S1', 'S2']) world.stock.table.set(`${place}|${sku}`, 3);
});

afterAll(() => world.close());

const decided = async (order: string) => {
  const [decision] = await world.records.decisions.ofOrder(order);
  return decision!;
};

test('a decision planned again gives the same bytes, whatever became of stock, books and configuration', async () => {
  const { configuration, records, stock } = world;
  const first = await world.place(newOrder());
  await world.packageIn(`${first}P1`, 'waiting');
  // Sees what the first has reserved, and so goes elsewhere.
  const second = await world.place(newOrder());
  await world.packageIn(`${second}P1`, 'waiting');
  stock.table.clear();
  const { version } = (await configuration.locations.find('S2'))!;
  await configuration.locations.replace('S2', location('S2', 2, { active: false }), version, new Date());
  const { scenario } = (await configuration.distributionScenarios.find('default'))!.published!;
  await configuration.distributionScenarios.createDraft('default', { ...scenario, rules: [] }, new Date());
  await configuration.distributionScenarios.publish('default', 'test', new Date());

  const decision = await decided(second);
  const input = (await records.decisions.caseOf(decision))!;

  const { answer, input: given, inputHash } = decision.plan!;
  expect(answer.packages).toMatchObject([{ location: 'S2' }]);
  expect(input.stock).toContainEqual({ location: 'S1', sku: 'A', quantity: 3, reserved: 2 });
  expect(input.openPackages).toEqual({ S1: 1 });
  expect(JSON.stringify(plan(input, { budgetMs: given.budgetMs! }))).toBe(JSON.stringify(answer));
  expect(fingerprint({ ...input, budgetMs: given.budgetMs })).toBe(inputHash);
  expect((await decided(first)).plan?.input.configuration).toBe(given.configuration);
  expect(await records.planningConfigurations.model.countDocuments()).toBe(2);
});

test('a decision that waits for its plan has no case', async () => {
  const { decisions } = world.records;
  await decisions.open('R0', 1, [], new Date());

  expect(await decisions.caseOf((await decisions.find('R0', 1))!)).toBeNull();
});
