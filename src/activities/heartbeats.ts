import { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';

/** A third of the shortest heartbeat time-out, so that one late beat kills nothing. */
const BEAT_EVERY_MS = 4_000;

/**
 * Tells Temporal that the worker still lives, for every activity that has a heartbeat time-out. When the
 * worker dies, the activity is given to another one after that time-out instead of after the whole time
 * that an attempt may take.
 */
export const heartbeats: ActivityInboundCallsInterceptor = {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
    const context = Context.current();
    if (context.info.heartbeatTimeoutMs === undefined) return next(input);
    const beating = setInterval(() => context.heartbeat(), BEAT_EVERY_MS);
    try {
      return await next(input);
    } finally {
      clearInterval(beating);
    }
  },
};
