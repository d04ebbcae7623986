import type { Scenario, TransferScenario } from '../configuration/scenario.js';
import { compareText } from './compareText.js';
import { whyNotFor } from './conditions.js';
import type { ConsideredScenario } from './explanation.js';
import type { PlanOrder } from './planCase.js';

export interface ScenarioChoice<Candidate> {
  readonly chosen: Candidate | null;
  readonly considered: readonly ConsideredScenario[];
}

/** The first by priority, then by name, whose conditions all hold. */
export function chooseScenario<Candidate extends (Scenario | TransferScenario) & { readonly version: number }>(
  scenarios: readonly Candidate[],
  order: PlanOrder,
): ScenarioChoice<Candidate> {
  const inOrder = [...scenarios].sort((a, b) => a.priority - b.priority || compareText(a.name, b.name));
  let chosen: Candidate | null = null;
  const considered = inOrder.map((scenario): ConsideredScenario => {
    const { name, version, priority } = scenario;
    if (chosen) return { name, version, priority, verdict: 'not_reached' };
    const fault = whyNotFor(order, scenario.conditions);
    if (fault !== null) return { name, version, priority, verdict: fault };
    chosen = scenario;
    return { name, version, priority, verdict: 'chosen' };
  });
  return { chosen, considered };
}
