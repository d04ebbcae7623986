import type { PackageRecord } from '../../../src/domain/package/package.js';
import { useApi } from './support/api.js';
import { parcel, transfer } from './support/orders.js';

// It is 2026-11-23, 09:00 UTC.
const api = useApi();

beforeAll(async () => {
  const { packages, transfers, events } = api.dependencies().records;
  const began = (number: number, location: string, more: Partial<PackageRecord> = {}): PackageRecord =>
    parcel('R1', number, { location, createdAt: '2026-11-18T08:00:00.000Z', ...more });
  const denial = { kind: 'denial' as const, code: 'damaged', note: null };
  const all = [
    began(1, 'S1'),
    began(2, 'S1', { state: 'packed' }),
    began(3, 'S1', { state: 'packed' }),
    began(4, 'S1', { state: 'cancelled', reason: denial }),
    began(5, 'S2', { state: 'delivered' }),
    began(6, 'W1', { state: 'out_of_stock', rule: null }),
    began(7, 'S1', { createdAt: '2026-11-01T08:00:00.000Z', state: 'delivered' }),
  ];
  const isDue = (number: number, dueAt: string, more: Partial<PackageRecord>): PackageRecord =>
    parcel('R9', number, { dueAt, createdAt: '2026-03-01T07:00:00.000Z', ...more });
  const due = [
    isDue(1, '2026-03-01T08:00:00.000Z', { location: 'S2', state: 'blocked' }),
    isDue(2, '2026-11-22T16:00:00.000Z', { state: 'preparing' }),
    isDue(3, '2026-11-22T16:00:00.000Z', { state: 'packed' }),
    isDue(4, '2026-11-23T16:00:00.000Z', { state: 'waiting' }),
  ];
  const moved = [
    transfer(began(1, 'S1'), 1, { source: 'W1' }),
    transfer(began(1, 'S1'), 2, { source: 'W1' }),
    transfer(began(1, 'S1'), 3, { source: 'W1', state: 'in_transit' }),
    transfer(began(1, 'S1'), 4, { source: 'W2' }),
    transfer(began(1, 'S1', { createdAt: '2026-11-01T08:00:00.000Z' }), 5),
  ];
  for (const record of [...all, ...due]) await packages.save(record, 1);
  for (const record of moved) await transfers.save(record, 1);
  // R1P1 to R1P20 at S1 are packed after 1 to 20 minutes.
  const reached = (n: number, milestone: string, minutes: number, sequence = 1) => {
    const timestamp = new Date(Date.parse('2026-11-18T08:00:00.000Z') + minutes * 60_000).toISOString();
    const data = { location: n > 20 ? 'S2' : 'S1', createdAt: '2026-11-18T08:00:00.000Z' };
    const type = `package.status.${milestone}` as 'package.status.packed';
    return { type, sequence, subject: `package/R1P${n}`, timestamp, data, order: 'R1' };
  };
  const lacking = (n: number, minutes: number, sequence: number) => ({
    ...reached(n, 'packed', minutes, sequence),
    type: 'package.items.missing' as const,
    data: { location: 'S2', createdAt: '2026-11-18T08:00:00.000Z' },
    sequence: sequence + 10,
  });
  await events.append(
    [
      ...Array.from({ length: 20 }, (_, index) => reached(index + 1, 'packed', index + 1)),
      // Packed a second time, after a cancellation that was refused: the first time counts.
      reached(1, 'packed', 500, 2),
      reached(21, 'packed', 7.5),
      reached(21, 'shipped', 60, 2),
      reached(21, 'ready_for_packaging', 3, 3),
      // S2 told twice that it lacks something.
      lacking(5, 90, 1),
      lacking(5, 95, 2),
      // Out of the range.
      reached(22, 'packed', 60 * 24 * 30),
    ],
    1,
  );
});

const report = (name: string, query = 'from=2026-11-16&to=2026-11-22') => api.get(`/v1/reports/${name}?${query}`);

test('GET /reports/location-movements answers 200: packages that began in the range by location and state', async () => {
  const { body } = await report('location-movements');

  expect(body.items).toEqual([
    { location: 'S1', state: 'cancelled', packages: 1, units: 2 },
    { location: 'S1', state: 'packed', packages: 2, units: 4 },
    { location: 'S1', state: 'waiting', packages: 1, units: 2 },
    { location: 'S2', state: 'delivered', packages: 1, units: 2 },
    { location: 'W1', state: 'out_of_stock', packages: 1, units: 2 },
  ]);
  expect(body.total).toEqual({ packages: 6, units: 12 });
});

test('GET /reports/refusals answers 200: the refused and not found of those that a location was given', async () => {
  const { body } = await report('refusals');

  expect(body.items).toEqual([
    { location: 'S1', packages: 4, refused: 1, notFound: 0, refusalRate: 0.25, notFoundRate: 0 },
    { location: 'S2', packages: 1, refused: 0, notFound: 1, refusalRate: 0, notFoundRate: 1 },
  ]);
  expect(body.total).toEqual({ packages: 5, refused: 1, notFound: 1, refusalRate: 0.2, notFoundRate: 0.2 });
});

test('GET /reports/lead-times answers 200: median and 95th percentile by nearest rank', async () => {
  const { body } = await report('lead-times');

  expect(body.items).toEqual([
    // Of 1 to 20 minutes the 10th and the 19th.
    { location: 'S1', milestone: 'packed', packages: 20, p50Minutes: 10, p95Minutes: 19 },
    { location: 'S2', milestone: 'packed', packages: 1, p50Minutes: 7.5, p95Minutes: 7.5 },
    { location: 'S2', milestone: 'shipped', packages: 1, p50Minutes: 60, p95Minutes: 60 },
  ]);
  expect(body.total).toEqual({ packages: 22 });
});

test('GET /reports/transfer-movements answers 200: transfers that began in the range by route and state', async () => {
  const { body } = await report('transfer-movements');

  expect(body.items).toEqual([
    { source: 'W1', destination: 'S1', state: 'in_transit', transfers: 1, units: 2 },
    { source: 'W1', destination: 'S1', state: 'waiting', transfers: 2, units: 4 },
    { source: 'W2', destination: 'S1', state: 'waiting', transfers: 1, units: 2 },
  ]);
  expect(body.total).toEqual({ transfers: 4, units: 8 });
});

describe('GET /reports/overdue', () => {
  test('200: what was due before now and is not packed, longest overdue first, however long ago', async () => {
    const { body } = await report('overdue', '');

    expect(body.to).toBe('2026-11-23T09:00:00.000Z');
    expect((body.items as object[]).map((row) => Object.values(row))).toEqual([
      ['2026-03-01T08:00:00.000Z', 'R9P1', 'R9', 'S2', 'blocked', 2],
      ['2026-11-22T16:00:00.000Z', 'R9P2', 'R9', 'S1', 'preparing', 2],
    ]);
    expect(body.total).toEqual({ packages: 2, units: 4, locations: 2 });
  });

  test('200: of a range, which does not reach beyond now', async () => {
    const { body } = await report('overdue', 'from=2026-11-22&to=2026-11-24');

    expect((body.items as { package: string }[]).map((row) => row.package)).toEqual(['R9P2']);
  });
});
