import type { PackagingRule } from '../configuration/scenario.js';
import type { Wanted } from './demand.js';
import { EXCLUSION_REASONS, type ExclusionReason } from './exclusion.js';
import type { CandidateVerdict, ExcludedLocations, RuleVerdict } from './explanation.js';
import type { Excluded, Screening } from './screen.js';
import { printKey, type RankKey } from './rank.js';

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

/** What a rule decided, as far as it is explained. */
export interface Choice {
  /** Indices of candidates, in rank order. */
  readonly chosen: readonly number[];
  readonly units: number;
  readonly packages: number;
  readonly key: RankKey;
  readonly transfers: readonly { readonly location: string; readonly rule: string }[];
}

export function explainRule(
  { name, strategy }: PackagingRule,
  wanted: readonly Wanted[],
  screening: Screening,
  { choice, isProven }: { choice: Choice | null; isProven: boolean },
): RuleVerdict {
  const { candidates, scale } = screening;
  const shown = shownCandidates(screening, choice);
  return {
    rule: name,
    strategy,
    outcome: choice ? 'placed' : 'nothing_fits',
    sees: Object.fromEntries(wanted.map(({ line, quantity }) => [line.id, quantity])),
    candidates: shown,
    moreCandidates: candidates.length - shown.length,
    excluded: grouped(screening.excluded),
    chosen: (choice?.chosen ?? []).map((index) => candidates[index]?.code ?? ''),
    ...(choice && choice.transfers.length > 0 ? { sources: choice.transfers } : {}),
    objective: choice && {
      units: choice.units,
      packages: choice.packages,
      transfers: new Set(choice.transfers.map(({ location }) => location)).size,
      rank: printKey(scale, choice.key),
    },
    optimal: isProven,
  };
}

function shownCandidates({ candidates, skus, scale }: Screening, choice: Choice | null): CandidateVerdict[] {
  const chosen = new Set(choice?.chosen);
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
