import { ApplicationFailure } from '@temporalio/workflow';

import type { ErrorCode } from '../platform/errors.js';

/**
 * What a caller is told. Always non-retryable: in a handler any other error would fail the workflow
 * task, which Temporal repeats for ever.
 */
export function refusal(code: ErrorCode, detail: string, context: Record<string, unknown> = {}): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: detail, nonRetryable: true, details: [context] });
}
