import { loadChanges, summaryOf } from '../../../src/domain/planning/compare/comparison.js';
import { differenceOf } from '../../../src/domain/planning/compare/difference.js';
import { figuresOf, sumFigures } from '../../../src/domain/planning/compare/figures.js';
import { plan } from '../../../src/domain/planning/plan.js';
import { planCase } from '../../../src/schemas/planCase.js';

const BUDGET = { budgetMs: 5_000 };

const rule = (include: string[], strategy = 'partial') => ({ name: 'r', strategy, locations: { include } });

/** Two pieces of A and one of B, wanted at 0/0; one degree of latitude is 111.195 km. */
const input = (change: object = {}) =>
  planCase.parse({
    order: {
      shippingAddress: { latitude: 0, longitude: 0 },
      lines: [
        { id: '1', sku: 'A', quantity: 2 },
        { id: '2', sku: 'B', quantity: 1 },
      ],
    },
    locations: [
      { code: 'N1', address: { latitude: 1, longitude: 0 } },
      { code: 'N2', address: { latitude: 2, longitude: 0 } },
      { code: 'N3' },
    ],
    stock: [
      { location: 'N1', sku: 'A', quantity: 2 },
      { location: 'N2', sku: 'B', quantity: 1 },
      { location: 'N3', sku: 'A', quantity: 2 },
      { location: 'N3', sku: 'B', quantity: 1 },
    ],
    scenarios: [{ name: 's', defaultLocation: 'N1', rules: [rule(['N1', 'N2'])] }],
    ...change,
  });

const by = (rules: object[], more: object = {}) =>
  input({ scenarios: [{ name: 's', defaultLocation: 'N1', rules, ...more }] });

const planned = (given = input()) => plan(given, BUDGET);

describe('figures', () => {
  test('of one plan: packages, split, distance where it is known, load by location', () => {
    const figures = figuresOf(input(), planned());

    expect(figures).toEqual({
      orders: 1,
      placedOrders: 1,
      splitOrders: 1,
      packages: 2,
      transfers: 0,
      placedUnits: 3,
      parkedUnits: 0,
      unplannedOrders: 0,
      unplannedUnits: 0,
      unprovenOrders: 0,
      distanceM: 111_195 + 222_390,
      measuredPackages: 2,
      load: [
        { location: 'N1', packages: 1, units: 2 },
        { location: 'N2', packages: 1, units: 1 },
      ],
    });
  });

  test('a location without coordinates has no distance, which is not a distance of 0', () => {
    const figures = figuresOf(input(), planned(by([rule(['N3'])])));

    expect(figures).toMatchObject({ packages: 1, splitOrders: 0, measuredPackages: 0 });
    expect(summaryOf(figures)).toMatchObject({ splitRate: 0, meanDistanceKm: null });
  });

  test('what is parked and what no scenario plans is counted apart', () => {
    const parked = figuresOf(input(), planned(by([rule(['N2'], 'single')])));
    const unplanned = figuresOf(input(), planned(input({ scenarios: [] })));

    expect(parked).toMatchObject({ placedOrders: 0, parkedUnits: 3, unplannedOrders: 0 });
    expect(unplanned).toMatchObject({ placedOrders: 0, parkedUnits: 0, unplannedOrders: 1, unplannedUnits: 3 });
    expect(summaryOf(unplanned)).toMatchObject({ splitRate: null });
  });

  test('summed and put side by side: rates over all orders, every location that has work on either side', () => {
    const split = figuresOf(input(), planned());
    const whole = figuresOf(input(), planned(by([rule(['N3'])])));

    expect(summaryOf(sumFigures([split, whole, whole]))).toMatchObject({
      orders: 3,
      packages: 4,
      splitOrders: 1,
      splitRate: 1 / 3,
      meanDistanceKm: 166.793,
    });
    expect(loadChanges(split, whole)).toEqual([
      { location: 'N1', packages: { before: 1, after: 0 }, units: { before: 2, after: 0 } },
      { location: 'N2', packages: { before: 1, after: 0 }, units: { before: 1, after: 0 } },
      { location: 'N3', packages: { before: 0, after: 1 }, units: { before: 0, after: 3 } },
    ]);
  });
});

describe('the difference of two plans in words', () => {
  test.each([
    ['other places', by([rule(['N3'])]), 'N1 packs 2 pieces, N2 packs 1 piece -> N3 packs 3 pieces'],
    ['parked', by([rule(['N2'])]), 'N1 packs 2 pieces, N2 packs 1 piece -> N2 packs 1 piece, 2 pieces parked at N1'],
    ['unplanned', input({ scenarios: [] }), 'N1 packs 2 pieces, N2 packs 1 piece -> no scenario'],
    [
      'another first state',
      by([rule(['N1', 'N2'])], { multiplePackagesState: 'waiting_remote_action' }),
      'N1 packs 2 of line 1 (waiting), N2 packs 1 of line 2 (waiting) -> ' +
        'N1 packs 2 of line 1 (waiting_remote_action), N2 packs 1 of line 2 (waiting_remote_action)',
    ],
  ])('%s', (_case, after, words) => {
    expect(differenceOf(planned(), planned(after))).toBe(words);
  });

  test('another place to park at is a difference', () => {
    const parkedAt = (defaultLocation: string) =>
      planned(input({ scenarios: [{ name: 's', defaultLocation, rules: [rule(['N1'], 'single')] }] }));

    expect(differenceOf(parkedAt('N1'), parkedAt('N2'))).toBe('3 pieces parked at N1 -> 3 pieces parked at N2');
  });

  test('another scenario, version or rule that places the same is none', () => {
    const other = input({
      scenarios: [
        { name: 't', version: 9, defaultLocation: 'N3', rules: [{ ...rule(['N1', 'N2']), name: 'another' }] },
      ],
    });

    expect(differenceOf(planned(), planned(other))).toBeNull();
  });

  test('an order of very many lines still has one line of words', () => {
    const lines = Array.from({ length: 200 }, (_, n) => ({ id: `line-${n}`, sku: `S${n}`, quantity: 1 }));
    const stock = lines.flatMap(({ sku }) => ['N1', 'N2'].map((location) => ({ location, sku, quantity: 1 })));
    const at = (rules: object[], multiplePackagesState: string) =>
      planned(
        input({
          order: { lines },
          stock,
          scenarios: [{ name: 's', defaultLocation: 'N1', initialState: multiplePackagesState, rules }],
        }),
      );

    const words = differenceOf(at([rule(['N1'])], 'waiting'), at([rule(['N1'])], 'waiting_remote_action'));

    expect(words?.length).toBeLessThan(500);
  });
});
