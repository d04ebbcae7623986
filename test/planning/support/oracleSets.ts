import { bruteAllocation, type Demand } from './bruteAllocation.js';
import {
  byText,
  isRefused,
  subsetsOf,
  type Book,
  type Line,
  type Location,
  type OracleChoice,
  type Rule,
} from './oracleBook.js';
import { compareCodes, compareVectors, inRankOrder, sumOf, type Ranking } from './oracleRank.js';

/** The best set of packing locations of a rule. */
export function bestSet(
  rule: Rule,
  demands: readonly Demand<Line>[],
  packers: readonly Location[],
  isOpenAt: (code: string) => boolean,
  rankOf: Ranking,
  book: Book,
): OracleChoice | null {
  const wanted = demands.reduce((sum, { units }) => sum + units, 0);
  const limit = rule.strategy === 'single' ? 1 : (rule.maxPackages ?? Infinity);
  let best: (OracleChoice & { units: number; packages: number; codes: string[] }) | null = null;
  for (const set of subsetsOf(packers)) {
    if (set.length > limit) continue;
    const opened = inRankOrder(set, rule.rank, rankOf);
    const taken = bruteAllocation(
      demands,
      opened.map((location) => location.code),
      {
        stock: book.stock,
        isRefused: (code, line) => isRefused(book, code, line),
        allowLineSplit: rule.allowLineSplit ?? true,
      },
    );
    const given = taken.map((row) => row.reduce((sum, units) => sum + units, 0));
    const units = given.reduce((sum, of) => sum + of, 0);
    const values = taken.map((row) => row.reduce((sum, of, at) => sum + of * (demands[at]?.line.unitPrice ?? 0), 0));
    if (given.includes(0) || (rule.strategy !== 'partial' && units < wanted)) continue;
    if (set.length > 1 && values.some((value) => value < (rule.minPackageValue ?? 0))) continue;
    const moves = opened.flatMap(({ code }, place) =>
      demands.flatMap(({ line }, at) => {
        const of = taken[place]?.[at] ?? 0;
        return of > 0 ? [{ location: code, source: code, line, units: of }] : [];
      }),
    );
    const found = {
      moves,
      rank: sumOf(
        set.map((location) => rankOf(location, rule.rank)),
        rule.rank,
      ),
      units,
      packages: set.filter(({ code }) => !isOpenAt(code)).length,
      codes: set.map(({ code }) => code).sort(byText),
    };
    const isBetter =
      !best ||
      (best.units - found.units ||
        found.packages - best.packages ||
        compareVectors(found.rank, best.rank) ||
        compareCodes(found.codes, best.codes)) < 0;
    if (isBetter) best = found;
  }
  return best;
}
