import type { RuleVerdict } from './explanation.js';
import type { PlanBound } from './planResult.js';

/** What became of a rule; the bound is there when its choice is not proven. */
export interface RuleRun {
  readonly verdict: RuleVerdict;
  readonly bound: PlanBound | null;
}
