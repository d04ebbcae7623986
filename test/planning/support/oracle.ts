import type { AnyCase } from './anyCase.js';
import type { Demand } from './bruteAllocation.js';
import { add, byText, CHOOSERS, type Book, type Line, type OraclePackage, type Rule } from './oracleBook.js';
import { printed, ranking } from './oracleRank.js';
import { bestSet } from './oracleSets.js';
import { bestTransferable } from './oracleTransfers.js';

/**
 * The planner again, written from the specification alone, as plainly as possible: every set of locations is
 * tried. Only for what `anyCase` makes; shares no code with the planner.
 */
export function oraclePlan(input: AnyCase) {
  const [scenario] = input.scenarios;
  const book = openBook(input);
  const packages: OraclePackage[] = [];
  let rank: (number | null)[] = [];
  for (const rule of scenario?.rules ?? []) {
    const demands = seenBy(rule, book);
    if (demands.length === 0) continue;
    const target = input.order.shippingAddress;
    const packers = input.locations.filter((location) => {
      const { code, maxQuota = 0 } = location;
      const isOpen = packages.some((known) => known.location === code);
      const open = (input.openPackages[code] ?? 0) + (isOpen ? 1 : 0);
      return (
        location.active &&
        location.roles.includes('packs') &&
        !(rule.locations.exclude ?? []).includes(code) &&
        (!rule.locations.types || rule.locations.types.some((type) => type === location.type)) &&
        (!rule.locations.requireQuota || isOpen || open < maxQuota)
      );
    });
    const isOpenAt = (code: string) => packages.some((known) => known.location === code);
    const rankOf = ranking(book, packages, demands, target);
    const plan = rule.transferable
      ? bestTransferable(book, rule, demands, packers, isOpenAt, rankOf, packages)
      : bestSet(rule, demands, packers, isOpenAt, rankOf, book);
    if (!plan) continue;
    rank = printed(rule.rank, plan.rank);
    for (const { location, source, line, units } of plan.moves) {
      const known = packages.find((of) => of.location === location) ?? {
        location,
        rule: rule.name,
        items: new Map(),
        transfers: new Map(),
      };
      if (!packages.includes(known)) packages.push(known);
      add(known.items, line.id, units);
      book.stock.set(`${source} ${line.sku}`, (book.stock.get(`${source} ${line.sku}`) ?? 0) - units);
      book.wanted.set(line.id, (book.wanted.get(line.id) ?? 0) - units);
      if (source === location) continue;
      if (!known.transfers.has(source)) known.transfers.set(source, new Map());
      add(known.transfers.get(source) as Map<string, number>, line.id, units);
    }
  }
  return answer(book, packages, rank);
}

function openBook(input: AnyCase): Book {
  const stock = new Map<string, number>();
  for (const { location: code, sku, quantity, reserved } of input.stock) {
    const location = input.locations.find((of) => of.code === code);
    if (!location?.active || input.discrepancies.some((of) => of.location === code && of.sku === sku)) continue;
    const safety = location.safetyStock.skus[sku] ?? location.safetyStock.default;
    stock.set(`${code} ${sku}`, Math.max(0, quantity - reserved - safety));
  }
  return { input, stock, wanted: new Map(input.order.lines.map(({ id, quantity }) => [id, quantity])) };
}

function seenBy(rule: Rule, { input, wanted }: Book): Demand<Line>[] {
  const chooses = rule.lines === undefined ? () => true : CHOOSERS[rule.lines];
  const chosen = input.order.lines.filter((line) => (wanted.get(line.id) ?? 0) > 0 && chooses?.(line));
  const whole = chosen.filter(({ keepTogetherGroup: group }) => {
    return (
      group === undefined || input.order.lines.every((of) => of.keepTogetherGroup !== group || chosen.includes(of))
    );
  });
  return whole
    .sort((a, b) => byText(a.id, b.id))
    .map((line) => ({ line, units: wanted.get(line.id) ?? 0, group: line.keepTogetherGroup ?? null }));
}

function answer({ input, wanted }: Book, packages: readonly OraclePackage[], rank: (number | null)[]) {
  const items = (units: ReadonlyMap<string, number>) =>
    input.order.lines
      .map(({ id, sku }) => ({ line: id, sku, quantity: units.get(id) ?? 0 }))
      .filter(({ quantity }) => quantity > 0)
      .sort((a, b) => byText(a.line, b.line));
  const shown = packages.map((of) => ({
    location: of.location,
    rule: of.rule,
    items: items(of.items),
    transfers: [...of.transfers].map(([source, units]) => ({ source, items: items(units) })),
  }));
  const placed = shown.flatMap((of) => of.items).reduce((sum, { quantity }) => sum + quantity, 0);
  const transfers = shown.reduce((sum, of) => sum + of.transfers.length, 0);
  return {
    packages: shown,
    parked: items(wanted),
    objective: { units: placed, packages: shown.length, transfers, rank },
  };
}
