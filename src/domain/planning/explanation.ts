import type { PackagingRule, Rank } from '../configuration/scenario.js';
import type { ExclusionReason } from './exclusion.js';
import type { PlanObjective, PrintedRank } from './objective.js';
import type { RunnerUpSearch } from './runnerUp.js';

/** A scenario that was looked at, and the first of its conditions that does not hold. */
export interface ConsideredScenario {
  readonly name: string;
  readonly version: number;
  readonly priority: number;
  /** `chosen`, `not_reached` (another came first), or the condition that failed. */
  readonly verdict: string;
}

/** A location that could take part, as the rule saw it. */
export interface CandidateVerdict {
  readonly location: string;
  /** Units that it can give, by SKU of the lines that the rule sees. */
  readonly available: Readonly<Record<string, number>>;
  readonly rank: PrintedRank;
  readonly chosen: boolean;
}

export interface ExcludedLocations {
  readonly reason: ExclusionReason;
  readonly count: number;
  /** The first by code, so that thousands of locations stay a short answer. */
  readonly locations: readonly string[];
}

/** The next best plan of a rule. */
export interface RunnerUp {
  /** In rank order; of a transferable rule the place that would have packed. */
  readonly locations: readonly string[];
  readonly objective: PlanObjective;
}

/** Why a rule placed what it placed. */
export interface RuleVerdict {
  readonly rule: string;
  readonly strategy: PackagingRule['strategy'];
  /** What the values of a rank are, in their order. */
  readonly criteria: readonly Rank[];
  /**
   * `placed`; `when_false`, `when_failed`: its condition did not hold or could not be evaluated; `no_lines`:
   * it sees nothing; `nothing_fits`: no valid plan.
   */
  readonly outcome: 'placed' | 'when_false' | 'when_failed' | 'no_lines' | 'nothing_fits';
  readonly detail?: string;
  /** Units that it saw, by line. */
  readonly sees: Readonly<Record<string, number>>;
  /** In rank order, the chosen ones always among them. */
  readonly candidates: readonly CandidateVerdict[];
  readonly moreCandidates: number;
  readonly excluded: readonly ExcludedLocations[];
  readonly chosen: readonly string[];
  /** Only for a transferable rule that placed something: where the missing goods come from, and by which rule. */
  readonly sources?: readonly { readonly location: string; readonly rule: string }[];
  /** Of this rule alone. */
  readonly objective: PlanObjective | null;
  /** The best plan that lacks at least one of the chosen locations; null when none was found. */
  readonly runnerUp: RunnerUp | null;
  readonly runnerUpSearch: RunnerUpSearch;
  readonly optimal: boolean;
}

/** The answer to "why", of bounded size: excluded locations are grouped, candidates are cut after the first. */
export interface Explanation {
  /** For people, in plain English; one paragraph a line. */
  readonly text: string;
  readonly scenarios: readonly ConsideredScenario[];
  /** Looked at when a transferable rule was run. */
  readonly transferScenarios: readonly ConsideredScenario[];
  readonly defaultLocation: string | null;
  readonly rules: readonly RuleVerdict[];
}
