import type { PackagingRule } from '../configuration/scenario.js';
import type { Wanted } from './demand.js';
import { EXCLUSION_REASONS, type ExclusionReason } from './exclusion.js';
import type { CandidateVerdict, ExcludedLocations, RuleVerdict } from './explanation.js';
import type { Excluded, Screening } from './screen.js';
import type { PlanObjective } from './objective.js';
import { printKey, type RankKey, type RankScale } from './rank.js';
import type { Contest } from './runnerUp.js';

/** What is shown by name: candidates, and excluded locations of one reason. */
const SHOWN = { candidates: 25, excluded: 10 };

/** A rule that had nothing to decide. */
export function skippedRule(
  { name, strategy, rank: criteria }: PackagingRule,
  { outcome, detail }: Pick<RuleVerdict, 'outcome' | 'detail'>,
): RuleVerdict {
  return {
    rule: name,
    strategy,
    criteria,
    outcome,
    ...(detail === undefined ? {} : { detail }),
    sees: {},
    candidates: [],
    moreCandidates: 0,
    excluded: [],
    chosen: [],
    objective: null,
    runnerUp: null,
    runnerUpSearch: 'complete',
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

/** What was chosen, and what came second. */
interface Decision {
  readonly choice: Choice | null;
  readonly isProven: boolean;
  readonly contest: Contest<Choice> | null;
}

export function explainRule(
  { name, strategy, rank: criteria }: PackagingRule,
  wanted: readonly Wanted[],
  screening: Screening,
  { choice, isProven, contest }: Decision,
): RuleVerdict {
  const { candidates, scale } = screening;
  const shown = shownCandidates(screening, choice);
  const second = contest?.runnerUp ?? null;
  const codes = ({ chosen }: Choice) => chosen.map((index) => candidates[index]?.code ?? '');
  return {
    rule: name,
    strategy,
    criteria,
    outcome: choice ? 'placed' : 'nothing_fits',
    sees: Object.fromEntries(wanted.map(({ line, quantity }) => [line.id, quantity])),
    candidates: shown,
    moreCandidates: candidates.length - shown.length,
    excluded: grouped(screening.excluded),
    chosen: choice ? codes(choice) : [],
    ...(choice && choice.transfers.length > 0 ? { sources: choice.transfers } : {}),
    objective: choice && objectiveOf(scale, choice),
    runnerUp: second && { locations: codes(second), objective: objectiveOf(scale, second) },
    runnerUpSearch: contest?.search ?? 'complete',
    optimal: isProven,
  };
}

function objectiveOf(scale: RankScale, { units, packages, transfers, key }: Choice): PlanObjective {
  const sources = new Set(transfers.map(({ location }) => location)).size;
  return { units, packages, transfers: sources, rank: printKey(scale, key) };
}

function shownCandidates({ candidates, skus, scale }: Screening, choice: Choice | null): CandidateVerdict[] {
  const chosen = new Set(choice?.chosen);
  return candidates.flatMap(({ code, available, key }, index) => {
    if (index >= SHOWN.candidates && !chosen.has(index)) return [];
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
    return codes.length === 0 ? [] : [{ reason, count: codes.length, locations: codes.slice(0, SHOWN.excluded) }];
  });
}
