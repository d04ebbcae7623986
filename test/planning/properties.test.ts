import fc from 'fast-check';

import { createAvailability } from '../../src/domain/planning/availability.js';
import { plan } from '../../src/domain/planning/plan.js';
import type { PlanResult } from '../../src/domain/planning/planCase.js';
import { anyCase, type AnyCase } from './support/anyCase.js';

const RUNS = { numRuns: 1_500, seed: 42 };
const OPTIONS = { budgetMs: 5_000 };

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Units that each location gives, by SKU: what it packs from its own stock and what it sends elsewhere. */
function given({ packages }: PlanResult): Map<string, number> {
  const units = new Map<string, number>();
  const add = (location: string, sku: string, quantity: number) =>
    units.set(`${location} ${sku}`, (units.get(`${location} ${sku}`) ?? 0) + quantity);
  for (const { location, items, transfers } of packages) {
    items.forEach(({ sku, quantity }) => add(location, sku, quantity));
    for (const transfer of transfers) {
      transfer.items.forEach(({ sku, quantity }) => {
        add(location, sku, -quantity);
        add(transfer.source, sku, quantity);
      });
    }
  }
  return units;
}

test('allocated is never more than available', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const { of } = createAvailability(input);

      for (const [key, units] of given(plan(input, OPTIONS))) {
        const [location = '', sku = ''] = key.split(' ');
        expect(units).toBeLessThanOrEqual(of(location, sku));
      }
    }),
    RUNS,
  );
});

test('placed and parked are together what was ordered, line by line', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const { packages, parked } = plan(input, OPTIONS);

      const items = [...packages.flatMap((of) => of.items), ...parked];
      for (const { id, sku, quantity } of input.order.lines) {
        const ofLine = items.filter(({ line }) => line === id);
        expect(sum(ofLine.map((item) => item.quantity))).toBe(quantity);
        expect(ofLine.every((item) => item.sku === sku)).toBe(true);
      }
    }),
    RUNS,
  );
});

test('a keep-together group is in one package or parked, never both', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const { packages } = plan(input, OPTIONS);

      for (const group of new Set(input.order.lines.map((line) => line.keepTogetherGroup))) {
        if (group === undefined) continue;
        const ids = input.order.lines.filter((line) => line.keepTogetherGroup === group).map(({ id }) => id);
        const homes = packages.filter(({ items }) => items.some(({ line }) => ids.includes(line)));
        expect(homes.length).toBeLessThanOrEqual(1);
        const placed = homes.flatMap(({ items }) => items).filter(({ line }) => ids.includes(line));
        expect([0, ids.length]).toContain(placed.length);
      }
    }),
    RUNS,
  );
});

const shuffled = <Entry>(entries: readonly Entry[]) =>
  fc.shuffledSubarray([...entries], { minLength: entries.length, maxLength: entries.length });

test('the order of every list is no input: the bytes are the same', () => {
  const shuffledCase = anyCase.chain((input) =>
    fc
      .record({
        lines: shuffled(input.order.lines),
        locations: shuffled(input.locations),
        stock: shuffled(input.stock),
        exclusions: shuffled(input.exclusions),
        discrepancies: shuffled(input.discrepancies),
        open: shuffled(Object.entries(input.openPackages)),
      })
      .map(({ lines, open, ...lists }): [AnyCase, AnyCase] => {
        return [
          input,
          { ...input, ...lists, order: { ...input.order, lines }, openPackages: Object.fromEntries(open) },
        ];
      }),
  );
  fc.assert(
    fc.property(shuffledCase, ([input, other]) => {
      expect(JSON.stringify(plan(other, OPTIONS))).toBe(JSON.stringify(plan(input, OPTIONS)));
    }),
    RUNS,
  );
});

test('a location that gives nothing can be taken away without changing the packages', () => {
  fc.assert(
    fc.property(anyCase, fc.nat(6), (input, at) => {
      const before = plan(input, OPTIONS);
      const chosen = before.packages.flatMap(({ location, transfers }) => [
        location,
        ...transfers.map((t) => t.source),
      ]);
      const gone = input.locations[at];
      fc.pre(gone !== undefined && input.locations.length > 1 && !chosen.includes(gone.code));

      const after = plan({ ...input, locations: input.locations.filter((location) => location !== gone) }, OPTIONS);

      expect(after.packages).toEqual(before.packages);
    }),
    RUNS,
  );
});

/** Of what every rule has to say: units that got a place, and those that did not. */
const placedUnits = ({ objective }: PlanResult) => objective.units;

/** Ranks that do not depend on stock, so that a plan that was possible ranks as before when there is more. */
const STEADY = new Set(['priority', 'distance', 'load_age']);

/** Negative when the first is better. */
function compareRanks(one: readonly number[], other: readonly number[]): number {
  const differences = one.map((value, at) => value - (other[at] ?? 0));
  return differences.find((difference) => Math.abs(difference) > 1e-9) ?? 0;
}

// Sums with missing values are printed as null, which hides how many there are.
const isComplete = (rank: readonly (number | null)[]): rank is readonly number[] => !rank.includes(null);

test('more stock never makes a plan worse, where one rule that may split decides', () => {
  const more = fc.record({ at: fc.nat(6), sku: fc.constantFrom('X', 'Y', 'Z'), units: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(anyCase, more, (input, { at, sku, units }) => {
      const scenarios = input.scenarios.map((scenario) => ({
        ...scenario,
        rules: scenario.rules.slice(0, 1).map(({ minPackageValue: _, ...rule }) => rule),
      }));
      const location = input.locations[at % input.locations.length]!.code;
      const isIt = (row: { location: string; sku: string }) => row.location === location && row.sku === sku;
      const known = input.stock.find(isIt) ?? { location, sku, quantity: 0, reserved: 0 };
      const stock = [...input.stock.filter((row) => !isIt(row)), { ...known, quantity: known.quantity + units }];

      const before = plan({ ...input, scenarios }, OPTIONS);
      const after = plan({ ...input, scenarios, stock }, OPTIONS);

      expect(placedUnits(after)).toBeGreaterThanOrEqual(placedUnits(before));
      if (placedUnits(after) > placedUnits(before)) return;
      expect(after.objective.packages).toBeLessThanOrEqual(before.objective.packages);
      const isSteady = scenarios[0]!.rules.every(
        ({ rank, transferable }) => !transferable && rank.every(({ by }) => STEADY.has(by)),
      );
      if (after.objective.packages < before.objective.packages || !isSteady) return;
      expect([before.optimal, after.optimal]).toEqual([true, true]);
      const ranks = { before: before.objective.rank, after: after.objective.rank };
      if (!isComplete(ranks.before) || !isComplete(ranks.after)) return;
      expect(compareRanks(ranks.after, ranks.before)).toBeLessThanOrEqual(0);
    }),
    { ...RUNS, numRuns: 1_000 },
  );
});

test('other names for the locations never change what a plan costs', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const backwards = new Map(input.locations.map(({ code }, at, all) => [code, all[all.length - 1 - at]!.code]));
      const renamed = JSON.parse(JSON.stringify(input), (key, value: unknown) =>
        typeof value === 'string' && key !== 'sku' ? (backwards.get(value) ?? value) : value,
      ) as AnyCase;
      const books = <Value>(of: Readonly<Record<string, Value>>) =>
        Object.fromEntries(Object.entries(of).map(([code, value]) => [backwards.get(code) ?? code, value]));
      const rules = input.scenarios.map((scenario) => ({ ...scenario, rules: scenario.rules.slice(0, 1) }));
      const first = { ...input, scenarios: rules };
      const other = {
        ...renamed,
        openPackages: books(input.openPackages),
        lastWorkAt: books(input.lastWorkAt),
        scenarios: renamed.scenarios.map((scenario) => ({ ...scenario, rules: scenario.rules.slice(0, 1) })),
      };

      expect(plan(other, OPTIONS).objective).toEqual(plan(first, OPTIONS).objective);
    }),
    { ...RUNS, numRuns: 500 },
  );
});
