import type { TransferRule } from '../../configuration/scenario.js';
import { hold, type Wanted } from '../demand.js';
import type { Ledger } from '../ledger.js';
import type { PlanLocation } from '../planCase.js';
import type { RankKey } from '../rank.js';
import { screen, screenSteps, type Screening } from '../screen.js';
import type { Budget } from '../solver/budget.js';
import { solve } from '../solver/solve.js';

/** Units of a line from a source. */
export interface Delivery {
  readonly source: string;
  readonly line: string;
  readonly units: number;
}

/** What one transfer rule brings to a packing location. */
export interface Supply {
  readonly rule: string;
  readonly deliveries: readonly Delivery[];
  /** Ranks summed over the sources. */
  readonly key: RankKey;
  readonly isProven: boolean;
}

/** The place that packs, and what it is to pack. */
export interface Destination {
  readonly location: PlanLocation;
  readonly rule: string;
  readonly items: readonly Wanted[];
}

/**
 * What a transfer rule brings of what is missing: by itself the best of all ways, that is most units, then
 * fewest sources, ranks and codes.
 *
 * @param left Units that a source can still give, after the transfer rules before.
 */
export function supply(
  ledger: Ledger,
  rule: TransferRule,
  { location, rule: packagingRule, items }: Destination,
  missing: readonly Wanted[],
  left: Ledger['availability'],
  budget: Budget,
): Supply | null {
  const { order } = ledger.input;
  const parcel = {
    location: location.code,
    rule: packagingRule,
    items: items.map(({ line, quantity }) => ({ ...line, lineId: line.id, quantity })),
  };
  if (rule.when !== undefined && !hold(rule.when, 'place', { order, location, parcel }).holds) return null;
  const isAll = rule.lines === 'all';
  const lines = missing.filter(({ line }) => {
    return isAll || rule.lines === 'any' || hold(rule.lines, 'transferLine', { order, line, location, parcel }).holds;
  });
  if (lines.length === 0) return null;
  const asking = {
    filter: rule.sources,
    rank: rule.rank,
    role: 'transferSource',
    target: location.address,
    needsStock: true,
    without: location.code,
  } as const;
  budget.spend(screenSteps(ledger, lines));
  const screening = screen({ ...ledger, availability: left }, asking, lines);
  const limit = Math.min(isAll ? 1 : Infinity, rule.maxSources ?? Infinity);
  return bring(rule, lines, screening, { isAll, limit }, budget);
}

function bring(
  rule: TransferRule,
  lines: readonly Wanted[],
  { skus, candidates }: Screening,
  { isAll, limit }: { isAll: boolean; limit: number },
  budget: Budget,
): Supply | null {
  const problem = {
    lines: lines.map(({ line, quantity }) => ({
      id: line.id,
      sku: skus.indexOf(line.sku),
      quantity,
      price: 0,
      group: null,
    })),
    skus,
    // Sources make no packages: each is one transfer, whatever is packed there.
    candidates: candidates.map((candidate) => ({ ...candidate, isOpen: false })),
    mustPlaceAll: isAll,
    maxPackages: limit,
    minPackageValue: 0,
    allowLineSplit: true,
    notAllOf: [],
  };
  const { solution, isProven } = solve(problem, budget);
  if (!solution) return null;
  const deliveries = solution.chosen.flatMap((at, index) =>
    lines.flatMap(({ line }, position) => {
      const units = solution.allocation[index]?.[position] ?? 0;
      return units > 0 ? [{ source: candidates[at]?.code ?? '', line: line.id, units }] : [];
    }),
  );
  return { rule: rule.name, deliveries, key: solution.key, isProven };
}
