import type { Planner } from '../planner/planner.js';
import type { Metrics } from '../platform/metrics.js';

/** A planner that counts the plans of live orders, with the time that each waited for a thread and took there. */
export const measuredPlanner = (planner: Planner, { plans }: Pick<Metrics, 'plans'>): Planner => ({
  ...planner,
  planHashed: async (input, options) => {
    const begun = performance.now();
    const planned = await planner.planHashed(input, options);
    const { outcome, optimal } = planned.answer;
    plans.observe({ outcome, proven: optimal ? 'yes' : 'no' }, (performance.now() - begun) / 1_000);
    return planned;
  },
});
