import type { PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { Decision, DecisionPlan } from '../../../src/store/decisions.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { oms } from './support/oms.js';
import { parcel } from './support/orders.js';

// It is 2026-11-23, 12:00 in Istanbul, where the day begins at 21:00 UTC of the day before.
const api = useApi();

type Parcel = readonly [location: string, units: number, state?: PackageState];

/** Decision `n` of an order as planning writes it. */
async function decided(order: string, n: number, at: string, parcels: readonly Parcel[], more: Partial<Decision> = {}) {
  const { decisions } = api.dependencies().records;
  const packages = parcels.map(([location, quantity, state = 'waiting'], index) => {
    const { items, ...draft } = parcel(order, n * 10 + index, { location, state });
    return { ...draft, items: items.map((item) => ({ ...item, quantity })), replaces: n > 1 ? `${order}P1` : null };
  });
  await decisions.open(order, n, [], new Date(at));
  await decisions.decide(order, n, more.status ?? 'planned', { at, packages } as unknown as DecisionPlan);
}

const MONDAY_BEFORE = '2026-11-16';

beforeAll(async () => {
  expect((await api.put('/v1/settings/timeZone', { value: 'Europe/Istanbul' })).status).toBe(200);
  // Monday the 16th in Istanbul, the first minute of it included.
  await decided('R1', 1, '2026-11-15T21:00:00.000Z', [['S1', 2]]);
  await decided('R2', 1, '2026-11-16T12:00:00.000Z', [
    ['S1', 1],
    ['S2', 3],
    ['W1', 4, 'out_of_stock'],
  ]);
  await decided('R3', 1, '2026-11-16T20:59:59.999Z', [['W1', 5, 'out_of_stock']]);
  // Tuesday in Istanbul, still Monday in UTC.
  await decided('R4', 1, '2026-11-16T21:00:00.000Z', [
    ['S2', 1],
    ['S1', 1],
    ['S3', 1],
  ]);
  // Planned again: work for S3, but no first plan.
  await decided('R3', 2, '2026-11-17T09:00:00.000Z', [['S3', 5]]);
  // Nobody packs what was lost to others, what has no scenario, and what is under way.
  await decided('R5', 1, '2026-11-17T09:00:00.000Z', [['S1', 50]], { status: 'conflict' });
  await decided('R6', 1, '2026-11-17T09:00:00.000Z', []);
  await decided('R7', 1, '2026-11-17T09:00:00.000Z', [['S1', 50]], { status: 'proposed' });
  // One moment too early.
  await decided('R0', 1, '2026-11-15T20:59:59.999Z', [['S1', 100]]);
});

const report = (name: string, query = `from=${MONDAY_BEFORE}&to=2026-11-22`) => api.get(`/v1/reports/${name}?${query}`);

describe('GET /reports/split-rate', () => {
  test('200: first plans by day of the brand, with the totals', async () => {
    const { status, body } = await report('split-rate');

    expect(status).toBe(200);
    expect(body).toEqual({
      from: '2026-11-15T21:00:00.000Z',
      to: '2026-11-22T21:00:00.000Z',
      timeZone: 'Europe/Istanbul',
      items: [
        // R1 one package of 2; R2 two of 1 and 3, 4 parked; R3 5 parked.
        {
          day: '2026-11-16',
          orders: 3,
          placed: 2,
          split: 1,
          packages: 3,
          units: 15,
          parkedUnits: 9,
          splitRate: 0.5,
          packagesPerOrder: 1.5,
          parkedShare: 0.6,
        },
        // R4 three packages of 1.
        {
          day: '2026-11-17',
          orders: 1,
          placed: 1,
          split: 1,
          packages: 3,
          units: 3,
          parkedUnits: 0,
          splitRate: 1,
          packagesPerOrder: 3,
          parkedShare: 0,
        },
      ],
      next: null,
      total: {
        orders: 4,
        placed: 3,
        split: 2,
        packages: 6,
        units: 18,
        parkedUnits: 9,
        splitRate: 0.6667,
        packagesPerOrder: 2,
        parkedShare: 0.5,
      },
    });
  });

  test('200: between two instants; the end is not in it', async () => {
    const { body } = await report('split-rate', 'from=2026-11-15T21:00:00Z&to=2026-11-16T12:00:00Z');

    expect(body).toMatchObject({ to: '2026-11-16T12:00:00.000Z', total: { orders: 1, packages: 1 } });
  });

  test('200: the last seven days of the brand when nothing is said', async () => {
    const { body } = await report('split-rate', '');

    expect(body).toMatchObject({ from: '2026-11-16T21:00:00.000Z', to: '2026-11-23T21:00:00.000Z' });
    expect(body.total).toMatchObject({ orders: 1 });
  });

  test('200: of nothing there is no rate', async () => {
    const { body } = await report('split-rate', 'from=2025-01-01&to=2025-01-31');

    expect(body).toMatchObject({ items: [], next: null, total: { orders: 0, splitRate: null, parkedShare: null } });
  });
});

describe('GET /reports/location-load', () => {
  test('200: packages and units of each location and day, with their share of the day', async () => {
    const { body } = await report('location-load');

    const rows = (body.items as object[]).map((row) => Object.values(row));
    expect(rows).toEqual([
      ['2026-11-16', 'S1', 2, 3, 0.6667, 0.5],
      ['2026-11-16', 'S2', 1, 3, 0.3333, 0.5],
      ['2026-11-17', 'S1', 1, 1, 0.25, 0.125],
      ['2026-11-17', 'S2', 1, 1, 0.25, 0.125],
      ['2026-11-17', 'S3', 2, 6, 0.5, 0.75],
    ]);
    expect(body.total).toEqual({ locations: 3, packages: 7, units: 14 });
  });

  test('200: in pages, each row once and shares of the whole day', async () => {
    const range = `from=${MONDAY_BEFORE}&to=2026-11-22&limit=2`;
    const first = await report('location-load', range);
    const second = await report('location-load', `${range}&cursor=${first.body.next}`);
    const third = await report('location-load', `${range}&cursor=${second.body.next}`);

    const rows = [first, second, third].flatMap(({ body }) => body.items as { day: string; location: string }[]);
    expect(rows.map(({ day, location }) => `${day} ${location}`)).toEqual([
      '2026-11-16 S1',
      '2026-11-16 S2',
      '2026-11-17 S1',
      '2026-11-17 S2',
      '2026-11-17 S3',
    ]);
    expect(rows.at(-1)).toMatchObject({ unitShare: 0.75 });
    expect(third.body).toMatchObject({ next: null, total: { packages: 7 } });
  });

  test('200: in CSV', async () => {
    const { body, headers } = await api.get('/v1/reports/location-load?from=2026-11-16&to=2026-11-16', {
      headers: { accept: 'text/csv' },
    });

    expect(headers.get('content-type')).toContain('text/csv');
    expect(body).toBe(
      'day,location,packages,units,packageShare,unitShare\r\n' +
        '2026-11-16,S1,2,3,0.6667,0.5\r\n' +
        '2026-11-16,S2,1,3,0.3333,0.5\r\n',
    );
  });
});

const NAMES = [
  'split-rate',
  'location-load',
  'location-movements',
  'transfer-movements',
  'overdue',
  'refusals',
  'lead-times',
];

describe.each(NAMES)('GET /reports/%s', (name) => {
  test.each([
    ['a day that there is not', 'from=2026-02-30', 'from'],
    ['no time at all', 'to=yesterday', 'to'],
    ['an instant without a zone', 'from=2026-11-16T09:00:00', 'from'],
    ['a strange parameter', 'location=S1', 'location'],
    ['a cursor of another list', 'cursor=abc', 'cursor'],
  ])('400: %s', async (_case, query, pointer) => {
    const { status, body } = await report(name, query);

    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  test.each([
    ['it ends before it begins', 'from=2026-11-17&to=2026-11-16', 'from'],
    ['it is longer than a leap year', 'from=2025-11-16&to=2026-11-17', 'to'],
    ['it ends beyond all calendars', 'from=2026-11-17&to=9999-12-31', 'to'],
  ])('422: %s', async (_case, query, pointer) => {
    const { status, body } = await report(name, query);

    expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  test('200: a whole leap year', async () => {
    expect((await report(name, 'from=2027-11-01&to=2028-10-31')).status).toBe(200);
  });

  test('asks MongoDB for the key, the settings and the report, once each', async () => {
    const { db } = api.dependencies().records.decisions.model;
    const asked: string[] = [];
    db.set('debug', (collection: string, method: string) => void asked.push(`${collection}.${method}`));

    await report(name);

    db.set('debug', false);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toBe('settings.find');
    expect(asked[1]).toMatch(/^(decisions|packages|transfers|events)\.aggregate$/);
  });
});

describe('oms reports', () => {
  const run = (...args: string[]) => oms(api.url(), ADMIN_KEY, ['reports', ...args]);

  test('shows a table with the total below it, or JSON', async () => {
    const range = ['--from', '2026-11-16', '--to', '2026-11-17'];
    const [table, json] = await Promise.all([run('split-rate', ...range), run('split-rate', ...range, '--json')]);

    const rows = table.stdout.split('\n').map((row) => row.split('│').map((cell) => cell.trim()));
    expect(rows).toContainEqual(['', '2026-11-16', '3', '2', '1', '3', '15', '9', '0.5', '1.5', '0.6', '']);
    expect(rows).toContainEqual(['', 'total', '4', '3', '2', '6', '18', '9', '0.6667', '2', '0.5', '']);
    expect(JSON.parse(json.stdout)).toMatchObject({ timeZone: 'Europe/Istanbul', total: { orders: 4 } });
    expect([table.status, json.status]).toEqual([0, 0]);
  });

  test('reads every page', async () => {
    const { stdout } = await run(
      'location-load',
      '--from',
      MONDAY_BEFORE,
      '--to',
      '2026-11-22',
      '--limit',
      '2',
      '--json',
    );

    expect(JSON.parse(stdout).items).toHaveLength(5);
  });

  test('ends with 1 when it is refused, with 2 when there is no such report', async () => {
    const [refused, unknown] = await Promise.all([run('refusals', '--from', 'tomorrow'), run('profit')]);

    expect([refused.status, unknown.status]).toEqual([1, 2]);
    expect(refused.stderr).toContain('from: must be a day');
  });
});
