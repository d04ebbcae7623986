import type { AnyCase } from './anyCase.js';
import { bruteAllocation, type Demand } from './bruteAllocation.js';
import {
  add,
  byText,
  CHOOSERS,
  isRefused,
  subsetsOf,
  type Book,
  type Line,
  type Location,
  type Move,
  type OracleChoice,
  type OraclePackage,
  type Rule,
  type Vector,
} from './oracleBook.js';
import { compareCodes, compareVectors, inRankOrder, ranking, sumOf, type Ranking } from './oracleRank.js';

/** The best packing location of a transferable rule, with its sources. */
export function bestTransferable(
  book: Book,
  rule: Rule,
  demands: readonly Demand<Line>[],
  packers: readonly Location[],
  isOpenAt: (code: string) => boolean,
  rankOf: Ranking,
  packages: readonly OraclePackage[],
): OracleChoice | null {
  const blocks = new Map<string, Demand<Line>[]>();
  for (const demand of demands) {
    const isBlock = demand.group !== null || rule.allowLineSplit === false;
    const name = !isBlock ? 'loose' : demand.group === null ? `line ${demand.line.id}` : `group ${demand.group}`;
    blocks.set(name, [...(blocks.get(name) ?? []), demand]);
  }
  const loose = blocks.get('loose') ?? [];
  blocks.delete('loose');
  const isPartial = rule.strategy === 'partial';
  // All blocks first, then those that keep the blocks of the first lines.
  const kept = isPartial ? [...orderedSubsets([...blocks.values()])] : [[...blocks.values()]];
  let best: (OracleChoice & { objective: readonly unknown[] }) | null = null;
  for (const packer of packers) {
    for (const part of kept) {
      const lines = [...loose, ...part.flat()].sort((a, b) => byText(a.line.id, b.line.id));
      if (lines.length === 0) continue;
      const { moves, ranks } = pack(book, rule, packer, lines, packages);
      const brought = (line: Line) =>
        moves.filter((move) => move.line === line).reduce((sum, { units }) => sum + units, 0);
      const mustBeWhole = isPartial ? part.flat() : lines;
      if (moves.length === 0 || mustBeWhole.some(({ line, units }) => brought(line) < units)) continue;
      const sources = [...new Set(moves.map(({ source }) => source))].filter((code) => code !== packer.code);
      const objective = [
        -moves.reduce((sum, { units }) => sum + units, 0),
        isOpenAt(packer.code) ? 0 : 1,
        sources.length,
        sumOf([rankOf(packer, rule.rank)], rule.rank),
        ranks,
        [packer.code, ...sources.sort(byText)],
      ] as const;
      if (!best || compareObjectives(objective, best.objective) < 0) best = { moves, rank: objective[3], objective };
    }
  }
  return best;
}

function* orderedSubsets<Entry>(entries: readonly Entry[]): Generator<Entry[]> {
  for (let bits = 2 ** entries.length - 1; bits >= 0; bits--) {
    yield entries.filter((_, at) => bits & (1 << (entries.length - 1 - at)));
  }
}

function compareObjectives(a: readonly unknown[], b: readonly unknown[]): number {
  for (const at of [0, 1, 2]) if (a[at] !== b[at]) return (a[at] as number) - (b[at] as number);
  return (
    compareVectors(a[3] as Vector, b[3] as Vector) ||
    compareVectors((a[4] as Vector[]).flat(), (b[4] as Vector[]).flat()) ||
    compareCodes(a[5] as string[], b[5] as string[])
  );
}

function pack(
  book: Book,
  rule: Rule,
  packer: Location,
  lines: readonly Demand<Line>[],
  packages: readonly OraclePackage[],
) {
  const stock = new Map(book.stock);
  const moves: Move[] = [];
  let missing = lines.map((demand) => ({ ...demand, group: null }));
  const take = (source: string, line: Line, units: number) => {
    moves.push({ location: packer.code, source, line, units });
    add(stock, `${source} ${line.sku}`, -units);
    missing = missing
      .map((of) => (of.line === line ? { ...of, units: of.units - units } : of))
      .filter((of) => of.units > 0);
  };
  for (const { line, units } of lines) {
    const own = isRefused(book, packer.code, line) ? 0 : Math.min(units, stock.get(`${packer.code} ${line.sku}`) ?? 0);
    if (own > 0) take(packer.code, line, own);
  }
  const ranks: Vector[] = [];
  for (const transfer of book.input.transferScenarios[0]?.rules ?? []) {
    const found = bestSources(book, transfer, packer, missing, stock, packages);
    ranks.push(found?.rank ?? transfer.rank.map(() => [0, 0] as const));
    for (const { source, line, units } of found?.moves ?? []) take(source, line, units);
  }
  return { moves, ranks };
}

function bestSources(
  book: Book,
  transfer: AnyCase['transferScenarios'][number]['rules'][number],
  packer: Location,
  missing: readonly Demand<Line>[],
  stock: Map<string, number>,
  packages: readonly OraclePackage[],
) {
  const isFree = transfer.lines === 'all' || transfer.lines === 'any';
  const lines = missing.filter(({ line }) => isFree || CHOOSERS[transfer.lines]?.(line));
  const wanted = lines.reduce((sum, { units }) => sum + units, 0);
  const rankOf = ranking({ ...book, stock }, packages, lines, packer.address);
  const sources = book.input.locations.filter(
    ({ code, active, roles }) => active && roles.includes('transferSource') && code !== packer.code,
  );
  const limit = transfer.lines === 'all' ? 1 : (transfer.maxSources ?? Infinity);
  let best: { moves: Move[]; rank: Vector; units: number; codes: string[] } | null = null;
  for (const set of subsetsOf(sources)) {
    if (set.length > limit || wanted === 0) continue;
    const opened = inRankOrder(set, transfer.rank, rankOf);
    const taken = bruteAllocation(
      lines,
      opened.map(({ code }) => code),
      {
        stock,
        isRefused: (code, line) => isRefused(book, code, line),
        allowLineSplit: true,
      },
    );
    const moves = opened.flatMap(({ code }, place) =>
      lines.flatMap(({ line }, at) => {
        const units = taken[place]?.[at] ?? 0;
        return units > 0 ? [{ location: packer.code, source: code, line, units }] : [];
      }),
    );
    const units = moves.reduce((sum, move) => sum + move.units, 0);
    if (new Set(moves.map(({ source }) => source)).size < set.length) continue;
    if (transfer.lines === 'all' && units < wanted) continue;
    const found = {
      moves,
      units,
      rank: sumOf(
        set.map((location) => rankOf(location, transfer.rank)),
        transfer.rank,
      ),
      codes: set.map(({ code }) => code).sort(byText),
    };
    const isBetter =
      !best ||
      (best.units - units ||
        found.codes.length - best.codes.length ||
        compareVectors(found.rank, best.rank) ||
        compareCodes(found.codes, best.codes)) < 0;
    if (isBetter) best = found;
  }
  return best;
}
