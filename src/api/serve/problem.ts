import { ERRORS, OmsError } from '../../platform/errors.js';
import type { Reply } from '../endpoint.js';
import { isUnavailable } from './isUnavailable.js';

/** Long enough for a server to be elected or started anew, short enough for a person. */
const RETRY_AFTER_SECONDS = 5;

export interface ProblemContext {
  /** Path of the request. */
  readonly instance: string;
  readonly requestId: string;
}

/**
 * Any error as the caller may see it: problem details of RFC 9457. What is not ours to tell becomes
 * `internal`, without a word of the cause.
 */
export function toProblem(error: unknown, { instance, requestId }: ProblemContext): Reply {
  const { code, detail, options } = toOmsError(error);
  const { status, title } = ERRORS[code];
  const { context, errors, retryAfterSeconds } = options;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="oms"' }),
      ...(status === 413 && { connection: 'close' }),
      ...(needsRetryAfter(status) && { 'retry-after': String(retryAfterSeconds ?? RETRY_AFTER_SECONDS) }),
    },
    body: {
      ...context,
      type: `/problems/${code}`,
      title,
      status,
      detail,
      instance,
      requestId,
      ...(errors && { errors }),
    },
  };
}

/** Whether only we can do something about it, and should know. */
export const isOurs = (error: unknown): boolean => toOmsError(error).status >= 500;

const needsRetryAfter = (status: number) => status === 429 || status === 503;

function toOmsError(error: unknown): OmsError {
  if (error instanceof OmsError) return error;
  if (isUnavailable(error)) {
    return new OmsError('service.unavailable', 'The database or the workflow server does not answer', { cause: error });
  }
  // Express refuses what it cannot decode, such as a stray % in a path.
  if (error instanceof Error && 'status' in error && error.status === 400) {
    return new OmsError('request.malformed', 'The address cannot be decoded', { cause: error });
  }
  return new OmsError('internal', 'The fault is on our side and has been logged', { cause: error });
}
