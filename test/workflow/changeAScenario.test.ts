import { buildOpenApi } from '../../src/api/openapi.js';
import { newOrder } from './support/brand.js';
import { openPage } from './support/followPage.js';
import { serveWorld } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

// The page is followed word by word, on a brand like the one that it tells of.
let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;

beforeAll(async () => {
  const rule = (name: string, strategy: 'single' | 'fewest') =>
    ({ name, strategy, locations: { include: ['S1', 'S2'] }, rank: [{ by: 'priority', order: 'asc' }] }) as const;
  const conditions = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;
  const rules = [rule('one place', 'single'), rule('fewest', 'fewest')];
  world = await openWorld({
    scenarios: [{ name: 'default', priority: 100, defaultLocation: 'S1', conditions, rules }],
  });
  for (const key of ['S1|A', 'S2|B', 'S3|A', 'S3|B']) world.stock.table.set(key, 100);
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

test('every command of the page does what the page says', async () => {
  const order = newOrder();
  await world.place(order);
  for (const n of [1, 2]) await world.packageIn(`${order.number}P${n}`, 'waiting');

  const said: string[] = [];
  const { blocks, follow } = openPage('change-a-scenario.md', api.url);
  for (const block of blocks) said.push(await follow(block));

  const [draft, checks, simulation, backtest, shadow, publication] = said;
  expect(said).toHaveLength(6);
  expect(draft).toContain('Draft of default saved.');
  expect(checks).toContain('S3');
  expect(simulation).toMatch(/S1[\s\S]*S2[\s\S]*version 1[\s\S]*S3 .*2 x A, 1 x B[\s\S]*version 2/);
  expect(backtest).toContain('1 of 1 orders would be planned otherwise (100.0 %).');
  expect(shadow).toContain('Shadow 1 of default is running');
  expect(shadow).toContain('has ended: it was stopped');
  expect(publication).toMatch(/default .*published .*2/);
}, 240_000);

test('every route of the page is one of the API', () => {
  const { text } = openPage('change-a-scenario.md', api.url);
  const routes = [...text.matchAll(/`(GET|POST|PUT) (\/v1\/[^`]+)`/g)];
  const { paths = {} } = buildOpenApi();

  expect(routes.length).toBeGreaterThan(3);
  for (const [, method = '', path = ''] of routes) {
    expect([path, Object.keys(paths[path] ?? {})]).toEqual([path, expect.arrayContaining([method.toLowerCase()])]);
  }
});
