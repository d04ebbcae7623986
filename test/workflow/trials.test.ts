import type { Scenario } from '../../src/domain/configuration/scenario.js';
import { sweepTrials } from '../../src/workers/trialSweep.js';
import { oms } from '../component/api/support/oms.js';
import { eventually } from '../support/eventually.js';
import { lines, newOrder } from './support/brand.js';
import { HTTP_KEY, serveWorld } from './support/serveWorld.js';
import { openWorld, type World } from './support/world.js';

// A draft against what was decided, and beside what is being decided, with real workflows.
let world: World;
let api: Awaited<ReturnType<typeof serveWorld>>;

const scenario = (name: string, include: string[], more: Partial<Scenario> = {}): Scenario => ({
  name,
  priority: 100,
  defaultLocation: 'S1',
  conditions: { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' },
  rules: [{ name: 'all', strategy: 'fewest', locations: { include }, rank: [{ by: 'priority', order: 'asc' }] }],
  ...more,
});

const draftOf = (name: string, include: string[], more: Partial<Scenario> = {}) =>
  world.configuration.distributionScenarios.createDraft(name, scenario(name, include, more), new Date());

beforeAll(async () => {
  world = await openWorld({ scenarios: [scenario('live', ['S1', 'S2'])] });
  for (const key of ['S1|A', 'S2|B', 'S3|A', 'S3|B']) world.stock.table.set(key, 1_000);
  api = await serveWorld(world);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

/** Three orders, planned one after the other: two split by the live scenario, one not. */
async function placeOrders(): Promise<string[]> {
  const orders = [newOrder(), newOrder(), newOrder({ lines: lines(['A', 1]) })];
  for (const order of orders) {
    const number = await world.place(order);
    for (const n of order.lines.keys()) await world.packageIn(`${number}P${n + 1}`, 'waiting');
  }
  return orders.map(({ number }) => number);
}

const packagesOf = async (orders: readonly string[]) =>
  Promise.all(
    orders.map(async (order) => (await world.records.packages.ofOrder(order)).map(({ location }) => location).sort()),
  );

const readBacktest = async (id: string, ...states: string[]) =>
  eventually(
    async () => {
      const { body } = await api.call('GET', `/backtests/${id}`);
      return states.includes(body['state'] as string) && body;
    },
    `${id} ${states.join(' or ')}`,
  );

describe('a backtest', () => {
  let orders: string[];

  beforeAll(async () => {
    orders = await placeOrders();
    await draftOf('live', ['S3']);
  });

  test('compares each order with what was decided, and changes nothing', async () => {
    const begun = await api.call('POST', '/distribution-scenarios/live/backtest', {});
    expect([begun.status, begun.body['progress']]).toEqual([202, { done: expect.any(Number) as number, total: 3 }]);
    const id = begun.body['id'] as string;
    expect(begun.headers.get('location')).toBe(`/v1/backtests/${id}`);

    const { report, ...ended } = await readBacktest(id, 'finished');

    expect(ended).toMatchObject({ scenario: 'live', version: 2, progress: { done: 3, total: 3 } });
    expect(report).toMatchObject({
      compared: 3,
      skipped: 0,
      changed: 3,
      before: { orders: 3, packages: 5, splitOrders: 2, splitRate: 2 / 3, parkedUnits: 0, unplannedOrders: 0 },
      after: { orders: 3, packages: 3, splitOrders: 0, splitRate: 0, parkedUnits: 0, unplannedOrders: 0 },
      load: [
        { location: 'S1', packages: { before: 3, after: 0 }, units: { before: 5, after: 0 } },
        { location: 'S2', packages: { before: 2, after: 0 }, units: { before: 2, after: 0 } },
        { location: 'S3', packages: { before: 0, after: 3 }, units: { before: 0, after: 7 } },
      ],
      differences: expect.arrayContaining([
        {
          order: orders[0],
          decision: 1,
          at: expect.any(String) as string,
          difference: 'S1 packs 2 pieces, S2 packs 1 piece -> S3 packs 3 pieces',
        },
      ]) as unknown,
    });
    expect(await packagesOf(orders)).toEqual([['S1', 'S2'], ['S1', 'S2'], ['S1']]);
    await world.over(`backtest/${id}`, 'backtest.trial');
  });

  test('of the last orders only, and of a time only', async () => {
    const run = async (body: object) => {
      const { body: begun } = await api.call('POST', '/distribution-scenarios/live/backtest', body);
      return (await readBacktest(begun['id'] as string, 'finished'))['report'];
    };

    expect(await run({ last: 1 })).toMatchObject({ compared: 1, differences: [{ order: orders[2] }] });
    expect(await run({ from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' })).toMatchObject({ compared: 0 });
  });

  test('the same request again, with its key, is the same backtest', async () => {
    const post = () => api.call('POST', '/distribution-scenarios/live/backtest', {}, { 'idempotency-key': 'once' });

    const [first, second] = [await post(), await post()];

    expect(second.body['id']).toBe(first.body['id']);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    await readBacktest(first.body['id'] as string, 'finished');
  });

  test('by CLI: progress on stderr, tables for people, JSON for programs; 1 when there is no draft', async () => {
    const table = await oms(api.url, HTTP_KEY, ['scenarios', 'backtest', 'live', '--last', '2']);
    const json = await oms(api.url, HTTP_KEY, ['scenarios', 'backtest', 'live', '--json']);
    const refused = await oms(api.url, HTTP_KEY, ['scenarios', 'backtest', 'nobody']);

    expect(table.status).toBe(0);
    expect(table.stderr).toContain('2 of 2 orders');
    expect(table.stdout).toMatch(/split rate .* 50.0 % .* 0.0 %/);
    expect(table.stdout).toContain('2 of 2 orders would be planned otherwise (100.0 %).');
    expect(JSON.parse(json.stdout)).toMatchObject({ state: 'finished', report: { compared: 3 } });
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('no scenario nobody');
  });
});

describe('a shadow', () => {
  test('sees every live order, acts on none, and ends when its draft is published', async () => {
    await draftOf('express', ['S3'], { priority: 1 });
    const begun = await api.call('POST', '/distribution-scenarios/express/shadow', { enabled: true });
    expect([begun.status, begun.body['enabled'], begun.body['number']]).toEqual([201, true, 1]);
    const id = (await world.records.trials.latestShadow('express'))?.id ?? '';

    const orders = await placeOrders();
    const seen = await eventually(async () => {
      const { body } = await api.call('GET', '/distribution-scenarios/express/shadow');
      return (body['report'] as { compared: number }).compared === orders.length && body;
    }, 'the shadow has seen the orders');

    expect(seen).toMatchObject({
      enabled: true,
      report: { changed: 3, before: { packages: 5, splitOrders: 2 }, after: { packages: 3, splitOrders: 0 } },
    });
    const differing = await api.call('GET', '/distribution-scenarios/express/shadow/differences?limit=2');
    expect(differing.body['items']).toHaveLength(2);
    expect(await packagesOf(orders)).toEqual([['S1', 'S2'], ['S1', 'S2'], ['S1']]);
    expect(await world.records.reservations.pagesOf(['A', 'B'])).not.toContainEqual(
      expect.objectContaining({ location: 'S3' }),
    );

    await api.call('POST', '/distribution-scenarios/express/publish');
    expect((await api.call('GET', '/distribution-scenarios/express/shadow')).body).toMatchObject({
      enabled: false,
      reason: 'the draft was published',
    });
    await world.over(`shadow/${id}`, 'shadow.trial');
    await world.configuration.distributionScenarios.archive('express', new Date());
  });

  test('of a draft whose rules fail for every order: the orders are planned as ever, and that is what it finds', async () => {
    await draftOf('broken', ['S3'], {
      priority: 1,
      rules: [{ name: 'never', when: '1 / 0 > 0', strategy: 'single', locations: {}, rank: [] }],
    });
    await api.call('POST', '/distribution-scenarios/broken/shadow', { enabled: true });

    const orders = await placeOrders();

    expect(await packagesOf(orders)).toEqual([['S1', 'S2'], ['S1', 'S2'], ['S1']]);
    await eventually(async () => {
      const { body } = await api.call('GET', '/distribution-scenarios/broken/shadow');
      return (body['report'] as { after: { parkedUnits: number } }).after.parkedUnits === 7;
    }, 'the shadow parks them all');
    const { status, stdout } = await oms(api.url, HTTP_KEY, ['scenarios', 'shadow', 'broken', 'stop']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('Shadow 1 of broken has ended: it was stopped')]);
  });

  test('whose workflow was terminated has failed, and another can be begun; one without a workflow gets it', async () => {
    await draftOf('lost', ['S3'], { priority: 1 });
    await api.call('POST', '/distribution-scenarios/lost/shadow', { enabled: true });
    const id = (await world.records.trials.latestShadow('lost'))?.id ?? '';
    const inAnHour = new Date(Date.now() + 3_600_000);
    await world.client.workflow.getHandle(`shadow/${id}`).terminate('by hand');

    await sweepTrials({ trials: world.records.trials, orchestrator: world.orchestrator }, inAnHour);

    expect((await api.call('GET', '/distribution-scenarios/lost/shadow')).body).toMatchObject({
      enabled: false,
      reason: 'its workflow ended without a result (TERMINATED)',
    });
    expect(await api.call('POST', '/distribution-scenarios/lost/shadow', { enabled: true })).toMatchObject({
      status: 201,
      body: { number: 2, enabled: true },
    });
    const known = (await world.records.trials.latestShadow('lost'))!;
    await world.records.trials.end(known.id, 'finished', 'enough', new Date());
    const neverBegun = { ...known, id: 'shd_never_begun', createdBy: 'test' };
    await world.records.trials.begin(neverBegun, new Date());
    await sweepTrials({ trials: world.records.trials, orchestrator: world.orchestrator }, inAnHour);
    await api.call('POST', '/distribution-scenarios/lost/archive');
    await world.closed('shadow/shd_never_begun');
  });
});
