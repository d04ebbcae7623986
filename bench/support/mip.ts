import loadHighs from 'highs';

import type { PlanInput } from '../../src/domain/planning/planCase.js';

/** Choose locations so that every row gets what it needs, or as much as so many locations can give. */
export interface MipProblem {
  readonly needs: readonly number[];
  /** By location, then by row; no more than the need. */
  readonly gives: readonly (readonly number[])[];
  readonly priorities: readonly number[];
  readonly maxPackages: number | null;
  /** Locations may be chosen in part. */
  readonly isRelaxed?: boolean;
}

export interface MipAnswer {
  readonly units: number;
  readonly packages: number;
  /** Sum of the priorities, if that was asked for. */
  readonly priority: number | null;
  /** HiGHS has proven every stage; otherwise its time limit ended one. */
  readonly isOptimal: boolean;
}

/**
 * The order as a mixed-integer programme, read from the case alone: it shares no code with the planner. Only
 * for cases of `instances.ts`: one rule without filters, nothing reserved, each line with a SKU of its own.
 */
export function mipProblemOf({ order, locations, stock, scenarios }: PlanInput): MipProblem {
  const rule = scenarios[0]?.rules[0];
  const stocks = new Map(stock.map(({ location, sku, quantity }) => [`${location}/${sku}`, quantity]));
  const isWhole = rule?.allowLineSplit === false;
  const gives = locations.map(({ code }) =>
    order.lines.map(({ sku, quantity }) => {
      const units = Math.min(quantity, stocks.get(`${code}/${sku}`) ?? 0);
      return isWhole && units < quantity ? 0 : units;
    }),
  );
  const needs = order.lines.map(({ quantity }, row) =>
    Math.min(
      quantity,
      gives.reduce((sum, of) => sum + (of[row] ?? 0), 0),
    ),
  );
  return {
    needs,
    gives,
    priorities: locations.map(({ priority }) => priority),
    maxPackages: rule?.maxPackages ?? null,
  };
}

// Its types put the default export one level too deep for this module system.
const load = loadHighs as unknown as typeof loadHighs.default;
type Highs = Awaited<ReturnType<typeof load>>;
let highs: Promise<Highs> | null = null;

/** Most units, then fewest packages, then (if asked for) the least sum of priorities: one programme each. */
export async function solveMip(
  problem: MipProblem,
  { seconds, withPriority }: { seconds: number; withPriority: boolean },
): Promise<MipAnswer> {
  const solver = await (highs ??= load());
  const solve = (text: string) => {
    const answer = solver.solve(text, { time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 0.5 });
    return { isOptimal: answer.Status === 'Optimal', value: Math.round(answer.ObjectiveValue) };
  };
  const total = problem.needs.reduce((sum, need) => sum + need, 0);
  if (total === 0) return { units: 0, packages: 0, priority: 0, isOptimal: true };
  const most = problem.maxPackages === null ? { isOptimal: true, value: total } : solve(mostUnits(problem));
  const fewest = solve(programme(problem, most.value, null));
  const best = withPriority ? solve(programme(problem, most.value, fewest.value)) : null;
  return {
    units: most.value,
    packages: fewest.value,
    priority: best?.value ?? null,
    isOptimal: most.isOptimal && fewest.isOptimal && (best?.isOptimal ?? true),
  };
}

/**
 * What the linear relaxation allows at best: no plan has more units, and none with all of them has fewer
 * packages. Much quicker than the programme itself, and never worse than its optimum.
 */
export async function relaxMip(problem: MipProblem): Promise<{ units: number; packages: number }> {
  const solver = await (highs ??= load());
  const relaxed = (text: string) => solver.solve(text).ObjectiveValue;
  const loose = { ...problem, isRelaxed: true };
  const total = problem.needs.reduce((sum, need) => sum + need, 0);
  if (problem.maxPackages !== null) return { units: Math.floor(relaxed(mostUnits(loose)) + 1e-6), packages: 0 };
  return { units: total, packages: Math.ceil(relaxed(programme(loose, total, null)) - 1e-6) };
}

const sum = (terms: readonly string[]) => (terms.length === 0 ? '0 y0' : terms.join(' + '));

function mostUnits(problem: MipProblem): string {
  const { needs, gives, maxPackages } = problem;
  return [
    'Maximize',
    ` obj: ${sum(needs.map((_, row) => `u${row}`))}`,
    'Subject To',
    ...given(problem),
    ` c: ${sum(gives.map((_, at) => `y${at}`))} <= ${maxPackages ?? gives.length}`,
    ...bounds(problem),
  ].join('\n');
}

/** Fewest packages for so many units; or the least priorities for so many units and packages. */
function programme(problem: MipProblem, units: number, packages: number | null): string {
  const { needs, gives, priorities } = problem;
  const all = sum(gives.map((_, at) => `y${at}`));
  return [
    'Minimize',
    ` obj: ${packages === null ? all : sum(gives.map((_, at) => `${priorities[at] ?? 0} y${at}`))}`,
    'Subject To',
    ...given(problem),
    ` t: ${sum(needs.map((_, row) => `u${row}`))} >= ${units}`,
    ...(packages === null ? [] : [` c: ${all} <= ${packages}`]),
    ...bounds(problem),
  ].join('\n');
}

/** What a row gets is no more than what the chosen locations give. */
const given = ({ needs, gives }: MipProblem): string[] =>
  needs.map((_, row) => {
    const terms = gives.flatMap((of, at) => ((of[row] ?? 0) > 0 ? [`${of[row] ?? 0} y${at}`] : []));
    return ` r${row}: ${sum(terms)} - u${row} >= 0`;
  });

const bounds = ({ needs, gives, isRelaxed }: MipProblem): string[] => [
  'Bounds',
  ...needs.map((need, row) => ` 0 <= u${row} <= ${need}`),
  ...(isRelaxed
    ? gives.map((_, at) => ` 0 <= y${at} <= 1`)
    : ['Binary', ` ${gives.map((_, at) => `y${at}`).join(' ')}`]),
  'End',
];
