import type { Scenario } from '../../../src/domain/configuration/scenario.js';
import { sumFigures } from '../../../src/domain/planning/compare/figures.js';
import type { PlanResult } from '../../../src/domain/planning/planCase.js';
import type { DecisionPlan } from '../../../src/store/decisions.js';
import { migrate } from '../../../src/store/migrate.js';
import { createRecordStore, type RecordStore } from '../../../src/store/store.js';
import type { TrialDifference, TrialProgress } from '../../../src/store/trials.js';
import { sweepTrials } from '../../../src/workers/trialSweep.js';
import { unique } from '../../support/stack.js';
import { useDatabase } from '../api/support/database.js';

const database = useDatabase();
let store: RecordStore;

beforeAll(async () => {
  store = createRecordStore(database());
  await migrate(database());
});

const now = new Date('2026-11-23T09:00:00Z');
const START = { at: new Date(0).toISOString(), id: '' };

const answer = (outcome: PlanResult['outcome']): PlanResult => ({
  outcome,
  scenario: null,
  packages: [],
  parked: [],
  optimal: true,
  objective: { units: 0, packages: 0, transfers: 0, rank: [] },
  explanation: { text: '', scenarios: [], transferScenarios: [], defaultLocation: null, rules: [] },
});

const planOf = (isFresh: boolean, outcome: PlanResult['outcome'] = 'planned'): DecisionPlan => ({
  at: now.toISOString(),
  requestHash: '',
  inputHash: '',
  isFresh,
  isContended: false,
  input: {
    at: now.toISOString(),
    order: { lines: [] },
    openPackages: {},
    lastWorkAt: {},
    discrepancies: [],
    exclusions: [],
  },
  answer: answer(outcome),
  packages: [],
  claims: { holds: [], places: [] },
});

async function decide(order: string, n: number, plan: DecisionPlan): Promise<void> {
  await store.decisions.open(order, n, [], now);
  for (const status of ['proposed', 'planned'] as const) await store.decisions.decide(order, n, status, plan);
}

const after = (place = START) => store.decisions.freshAfter(place, { until: null, limit: 50, settledAfterMs: 0 });

describe('fresh decisions', () => {
  beforeAll(async () => {
    await decide('A', 1, planOf(true));
    await decide('A', 2, planOf(false));
    await decide('B', 1, planOf(true, 'no_scenario'));
    await decide('C', 1, planOf(true));
    await decide('B', 2, planOf(true));
    await store.decisions.open('D', 1, [], now);
    await store.decisions.decide('D', 1, 'conflict', planOf(true));
  });

  test('come in the order in which they were carried out; what planned again, or did not hold, is none', async () => {
    const found = await after();

    expect(found.map(({ order, n }) => `${order}${n}`)).toEqual(['A1', 'B1', 'C1', 'B2']);
    expect((await after(found[1]?.place)).map(({ order }) => order)).toEqual(['C', 'B']);
  });

  test('count once they are settled', async () => {
    expect(await store.decisions.freshAfter(START, { until: null, limit: 50, settledAfterMs: 3_600_000 })).toEqual([]);
  });

  test('keep their place when they are written again', async () => {
    const before = await after();

    await store.decisions.decide('A', 1, 'planned', planOf(true));

    expect(await after()).toEqual(before);
  });

  test('are superseded by one that planned the order when a scenario had come', async () => {
    const [a, b] = await after();

    expect(a && (await store.decisions.isSuperseded(a))).toBe(false);
    expect(b && (await store.decisions.isSuperseded(b))).toBe(true);
  });

  test('of a window are the last of it', async () => {
    const to = new Date(Date.now() + 60_000).toISOString();

    const window = await store.decisions.freshWindow({ last: 3, to });
    const all = await store.decisions.freshWindow({ last: 100, to });

    const found = await store.decisions.freshAfter(window.after, { until: window.until, limit: 50 });
    expect([window.total, found.map(({ order }) => order)]).toEqual([3, ['B', 'C', 'B']]);
    expect([all.total, all.after]).toEqual([4, START]);
  });
});

const draft = { name: 'default' } as Scenario;

describe('a trial', () => {
  const begun = async (kind: 'backtest' | 'shadow' = 'backtest', scenario = unique('s')) => {
    const id = unique('t');
    const common = { scenario, draft, version: 1, place: START, until: null, total: 2, createdBy: 'test' };
    return { id, scenario, isBegun: await store.trials.begin({ id, kind, ...common }, now) };
  };

  const progress = (id: string): TrialProgress => ({
    place: { at: now.toISOString(), id },
    compared: 1,
    skipped: 0,
    changed: 1,
    before: sumFigures([]),
    after: sumFigures([]),
  });

  const difference: TrialDifference = { order: 'R1', decision: 1, at: now.toISOString(), difference: 'a -> b' };

  test('counts a page once, by whichever worker, and not after it has ended', async () => {
    const { id } = await begun();
    const first = { id, place: START };

    expect(await store.trials.advance(first, progress('one'), [difference], now)).toBe(true);
    expect(await store.trials.advance(first, progress('one'), [difference], now)).toBe(false);
    await store.trials.end(id, 'cancelled', 'enough', now);
    const second = { id, place: progress('one').place };
    expect(await store.trials.advance(second, progress('two'), [], now)).toBe(false);

    expect(await store.trials.find(id)).toMatchObject({ state: 'cancelled', reason: 'enough', place: { id: 'one' } });
    expect((await store.trials.differences(id, { limit: 10 })).items).toEqual([difference]);
    expect(await store.trials.end(id, 'finished', 'again', now)).toBeNull();
  });

  test('gives its differences in pages', async () => {
    const { id } = await begun();
    const all = ['R1', 'R2', 'R3'].map((order) => ({ ...difference, order }));
    await store.trials.advance({ id, place: START }, progress('one'), all, now);

    const one = await store.trials.differences(id, { limit: 2 });
    const two = await store.trials.differences(id, { limit: 2, cursor: one.next ?? '' });

    expect([...one.items, ...two.items]).toEqual(all);
    expect(two.next).toBeNull();
  });

  test('of ten shadows that begin at once one runs; the next one has the next number', async () => {
    const scenario = unique('s');

    const begins = await Promise.all(Array.from({ length: 10 }, () => begun('shadow', scenario)));

    expect(begins.filter(({ isBegun }) => isBegun)).toHaveLength(1);
    const running = await store.trials.latestShadow(scenario);
    await store.trials.end(running?.id ?? '', 'finished', 'stopped', now);
    expect((await begun('shadow', scenario)).isBegun).toBe(true);
    expect((await store.trials.latestShadow(scenario))?.number).toBe(2);
  });
});

describe('the sweep of trials', () => {
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000);

  /** Temporal as it might be: what it knows of each workflow, and which were begun. */
  const temporal = (status: string | null) => {
    const begun: string[] = [];
    const startTrial = (id: string) => {
      begun.push(id);
      return Promise.resolve();
    };
    return { begun, orchestrator: { startTrial, trialStatus: () => Promise.resolve(status) } };
  };

  const begin = async (kind: 'backtest' | 'shadow' = 'backtest') => {
    const id = unique('t');
    const common = { scenario: unique('s'), draft, version: 1, place: START, until: null, total: 2, createdBy: 'test' };
    await store.trials.begin({ id, kind, ...common }, now);
    return id;
  };

  test('begins the workflow of a trial that has none', async () => {
    const id = await begin();
    const { begun, orchestrator } = temporal(null);

    await sweepTrials({ trials: store.trials, orchestrator }, later(1));

    expect(begun).toContain(id);
    expect(await store.trials.find(id)).toMatchObject({ state: 'running' });
  });

  test('leaves one alone that has begun just now', async () => {
    const id = await begin();
    const { begun, orchestrator } = temporal(null);

    await sweepTrials({ trials: store.trials, orchestrator }, now);

    expect(begun).not.toContain(id);
  });

  test('makes one failed, with why, whose workflow has ended without it', async () => {
    const id = await begin('shadow');

    await sweepTrials({ trials: store.trials, ...temporal('TERMINATED') }, later(1));

    expect(await store.trials.find(id)).toMatchObject({
      state: 'failed',
      reason: 'its workflow ended without a result (TERMINATED)',
    });
  });

  test('forgets after 90 days what is over, with its differences, and nothing that runs', async () => {
    const [over, running] = [await begin(), await begin()];
    const difference: TrialDifference = { order: 'R1', decision: 1, at: now.toISOString(), difference: 'a -> b' };
    const place = { at: now.toISOString(), id: 'one' };
    const nothing = { compared: 1, skipped: 0, changed: 1, before: sumFigures([]), after: sumFigures([]) };
    await store.trials.advance({ id: over, place: START }, { place, ...nothing }, [difference], now);
    await store.trials.end(over, 'finished', 'done', now);

    await sweepTrials({ trials: store.trials, ...temporal('RUNNING') }, later(89));
    expect(await store.trials.find(over)).not.toBeNull();
    await sweepTrials({ trials: store.trials, ...temporal('RUNNING') }, later(91));

    expect(await store.trials.find(over)).toBeNull();
    expect((await store.trials.differences(over, { limit: 10 })).items).toEqual([]);
    expect(await store.trials.find(running)).toMatchObject({ state: 'running' });
  });
});
