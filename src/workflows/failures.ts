import { ApplicationFailure } from '@temporalio/workflow';

import type { ErrorCode } from '../platform/errors.js';

/**
 * What a caller is told. Always non-retryable: in a handler any other error would fail the workflow
 * task, which Temporal repeats for ever.
 */
export function refusal(code: ErrorCode, detail: string, context: Record<string, unknown> = {}): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: detail, nonRetryable: true, details: [context] });
}

/** What the caller is told of a field that names something which there is not. */
export function unprocessable(pointer: string, detail: string) {
  return refusal('request.unprocessable', `${detail.charAt(0).toUpperCase()}${detail.slice(1)}`, {
    errors: [{ pointer, detail }],
  });
}
