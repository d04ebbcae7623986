import type { PackagingRule } from '../../src/domain/configuration/scenario.js';
import type { PlanInput, PlanStock } from '../../src/domain/planning/planCase.js';
import { planCase } from '../../src/schemas/planCase.js';
import { createRandom } from './random.js';

/**
 * - `easy`: a few warehouses with nearly everything, stores with half of it.
 * - `tight`: every location has a few pieces of a few SKUs, hardly more of each than the order wants; several
 *   are needed for one line.
 * - `adversarial`: every location covers about as much as every other one, so that nothing tells the good
 *   from the bad and greedy choices go wrong.
 */
export const STOCK_KINDS = ['easy', 'tight', 'adversarial'] as const;
export type StockKind = (typeof STOCK_KINDS)[number];

/** Rules that make different work, by what sets them apart. */
export const RULES = {
  single: { strategy: 'single' },
  fewest: { strategy: 'fewest' },
  partial: { strategy: 'partial' },
  'partial, maxPackages': { strategy: 'partial', maxPackages: 3 },
  'fewest, minPackageValue': { strategy: 'fewest', minPackageValue: 2_000 },
  'partial, minPackageValue': { strategy: 'partial', minPackageValue: 2_000 },
  'fewest, whole lines': { strategy: 'fewest', allowLineSplit: false },
  'partial, whole lines': { strategy: 'partial', allowLineSplit: false },
  'fewest, groups': { strategy: 'fewest' },
  'partial, transfers': { strategy: 'partial', transferable: true },
} as const satisfies Record<string, Partial<PackagingRule>>;

export type RuleKind = keyof typeof RULES;
export const RULE_KINDS = Object.keys(RULES) as RuleKind[];

export interface InstanceSize {
  readonly lines: number;
  readonly locations: number;
}

export interface InstanceKind extends InstanceSize {
  readonly stock: StockKind;
  readonly rule: RuleKind;
  readonly seed: number;
}

interface Place {
  readonly code: string;
  readonly type: 'warehouse' | 'store';
  readonly priority: number;
  readonly address: { readonly country: string; readonly latitude: number; readonly longitude: number };
}

type Dice = (least: number, most: number) => number;

/** A plan case that a seed fixes. */
export function instance({ lines, locations, stock, rule, seed }: InstanceKind): PlanInput {
  const random = createRandom(seed);
  const dice: Dice = (least, most) => least + Math.floor(random() * (most - least + 1));
  const order = Array.from({ length: lines }, (_, at) => ({
    id: String(at + 1).padStart(3, '0'),
    sku: `SKU-${at + 1}`,
    quantity: stock === 'tight' ? dice(2, 8) : dice(1, 3),
    unitPrice: dice(500, 2_500),
    ...(rule === 'fewest, groups' && at % 4 < 2 ? { keepTogetherGroup: `g${Math.floor(at / 4)}` } : {}),
  }));
  const places = Array.from({ length: locations }, (_, at): Place => {
    return {
      code: `L${String(at + 1).padStart(4, '0')}`,
      type: at % 50 === 0 ? 'warehouse' : 'store',
      priority: dice(1, 9),
      address: { country: 'TR', latitude: 36 + random() * 6, longitude: 26 + random() * 18 },
    };
  });
  return planCase.parse({
    at: '2026-11-23T10:00:00Z',
    order: { number: 'R1', shippingAddress: { country: 'TR', latitude: 41, longitude: 29 }, lines: order },
    locations: places,
    stock: stockOf(stock, order, places, { random, dice }),
    scenarios: [
      {
        name: 'bench',
        defaultLocation: 'L0001',
        rules: [
          {
            name: 'rule',
            locations: {},
            rank: [
              { by: 'priority', order: 'asc' },
              { by: 'distance', order: 'asc' },
            ],
            ...RULES[rule],
          },
        ],
      },
    ],
    transferScenarios: [
      { name: 'transfers', rules: [{ name: 'any', lines: 'any', rank: [{ by: 'distance', order: 'asc' }] }] },
    ],
  });
}

interface Chance {
  readonly random: () => number;
  readonly dice: Dice;
}

function stockOf(
  kind: StockKind,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  places: readonly Place[],
  chance: Chance,
): PlanStock[] {
  const makers = { easy, tight, adversarial };
  return places.flatMap(({ code, type }) =>
    makers[kind](
      lines.map(({ quantity }) => quantity),
      type === 'warehouse',
      chance,
    ).flatMap((quantity, at) =>
      quantity > 0 ? [{ location: code, sku: lines[at]?.sku ?? '', quantity, reserved: 0 }] : [],
    ),
  );
}

type Maker = (needs: readonly number[], isWarehouse: boolean, chance: Chance) => number[];

const easy: Maker = (needs, isWarehouse, { random, dice }) =>
  needs.map(() => (random() < (isWarehouse ? 0.9 : 0.5) ? dice(1, isWarehouse ? 40 : 4) : 0));

const tight: Maker = (needs, _, { random, dice }) => needs.map(() => (random() < 0.08 ? dice(1, 2) : 0));

const adversarial: Maker = (needs, _, { dice, random }) => {
  const held = new Set(Array.from({ length: 3 }, () => dice(0, needs.length - 1)));
  return needs.map((need, at) => (held.has(at) ? (random() < 0.7 ? need : Math.max(1, need - 1)) : 0));
};
