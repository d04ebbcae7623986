import type { PackagingRule } from '../configuration/scenario.js';
import type { Wanted } from './demand.js';
import { EXCLUSION_REASONS, type ExclusionReason } from './exclusion.js';
import type { CandidateVerdict, ExcludedLocations, RuleVerdict } from './explanation.js';
import { printKey } from './rank.js';
import type { Excluded, Screening } from './screen.js';
import type { Answer, Solution } from './solver/problem.js';

/** Candidates and excluded locations of one reason that are shown by name. */
const SHOWN = 50;

/** A rule that had nothing to decide. */
export function skippedRule(
  { name, strategy }: PackagingRule,
  { outcome, detail }: Pick<RuleVerdict, 'outcome' | 'detail'>,
): RuleVerdict {
  return {
    rule: name,
    strategy,
    outcome,
    ...(detail === undefined ? {} : { detail }),
    sees: {},
    candidates: [],
    moreCandidates: 0,
    excluded: [],
    chosen: [],
    objective: null,
    optimal: true,
  };
}

export function explainRule(
  { name, strategy }: PackagingRule,
  wanted: readonly Wanted[],
  screening: Screening,
  { solution, isProven }: Pick<Answer, 'solution' | 'isProven'>,
): RuleVerdict {
  const { candidates, scale } = screening;
  const shown = shownCandidates(screening, solution);
  return {
    rule: name,
    strategy,
    outcome: solution ? 'placed' : 'nothing_fits',
    sees: Object.fromEntries(wanted.map(({ line, quantity }) => [line.id, quantity])),
    candidates: shown,
    moreCandidates: candidates.length - shown.length,
    excluded: grouped(screening.excluded),
    chosen: (solution?.chosen ?? []).map((index) => candidates[index]?.code ?? ''),
    objective: solution && {
      units: solution.units,
      packages: solution.packages,
      transfers: 0,
      rank: printKey(scale, solution.key),
    },
    optimal: isProven,
  };
}

function shownCandidates({ candidates, skus, scale }: Screening, solution: Solution | null): CandidateVerdict[] {
  const chosen = new Set(solution?.chosen);
  return candidates.flatMap(({ code, available, key }, index) => {
    if (index >= SHOWN && !chosen.has(index)) return [];
    return {
      location: code,
      available: Object.fromEntries(skus.map((sku, at) => [sku, available[at] ?? 0])),
      rank: printKey(scale, key),
      chosen: chosen.has(index),
    };
  });
}

function grouped(excluded: readonly Excluded[]): ExcludedLocations[] {
  return (Object.keys(EXCLUSION_REASONS) as ExclusionReason[]).flatMap((reason) => {
    const codes = excluded.filter((entry) => entry.reason === reason).map(({ location }) => location);
    return codes.length === 0 ? [] : [{ reason, count: codes.length, locations: codes.slice(0, SHOWN) }];
  });
}
