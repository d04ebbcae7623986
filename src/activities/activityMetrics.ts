import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';

import type { Metrics } from '../platform/metrics.js';

/** Counts every attempt of an activity, by how it went: `later` is one that only waits for its next time. */
export const activityMetrics = ({ activities }: Pick<Metrics, 'activities'>): ActivityInboundCallsInterceptor => ({
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
    const { activityType: activity } = Context.current().info;
    const begun = performance.now();
    const count = (outcome: string) => activities.observe({ activity, outcome }, (performance.now() - begun) / 1_000);
    try {
      const result = await next(input);
      count('done');
      return result;
    } catch (error) {
      const isLater = error instanceof ApplicationFailure && error.category === ApplicationFailureCategory.BENIGN;
      count(isLater ? 'later' : 'failed');
      throw error;
    }
  },
});
