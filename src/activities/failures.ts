import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';

import { ERRORS, OmsError } from '../platform/errors.js';

/** Registered once on the worker, so that no activity has to know how Temporal decides on a retry. */
export const failures: ActivityInboundCallsInterceptor = {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
    try {
      return await next(input);
    } catch (error) {
      if (!(error instanceof OmsError)) throw error;
      throw ApplicationFailure.create({
        type: error.code,
        message: error.detail,
        nonRetryable: !ERRORS[error.code].retryable,
        details: [{ ...error.options.context, ...(error.options.errors && { errors: error.options.errors }) }],
      });
    }
  },
};
