/**
 * Every error that a caller can see, in one table. `status` is read by the API, `retryable` by
 * activities: whether the same call can succeed later without anybody changing it.
 */
export const ERRORS = {
  'request.malformed': { status: 400, title: 'The request cannot be read', retryable: false },
  'request.unauthenticated': { status: 401, title: 'A valid key is required', retryable: false },
  'request.forbidden': { status: 403, title: 'This key may not do that', retryable: false },
  'resource.not_found': { status: 404, title: 'There is no such thing', retryable: false },
  'route.not_found': { status: 404, title: 'There is no such address', retryable: false },
  'route.method_not_allowed': { status: 405, title: 'This address does not take that method', retryable: false },
  'request.not_acceptable': { status: 406, title: 'We cannot answer in that form', retryable: false },
  'request.too_large': { status: 413, title: 'The request is too large', retryable: false },
  'request.unsupported_media_type': { status: 415, title: 'The request must be JSON', retryable: false },
  'request.unprocessable': { status: 422, title: 'The request cannot be carried out', retryable: false },
  'request.too_many': { status: 429, title: 'Too many requests', retryable: true },
  'idempotency.key_reused': { status: 422, title: 'The key was used for another request', retryable: false },
  'idempotency.in_progress': {
    status: 409,
    title: 'The first request with this key is still running',
    retryable: true,
  },
  'version.required': { status: 428, title: 'If-Match is required', retryable: false },
  'version.mismatch': { status: 412, title: 'Someone changed it in the meantime', retryable: false },
  'order.number_taken': { status: 409, title: 'The number belongs to another order', retryable: false },
  'order.illegal_transition': { status: 409, title: 'The order cannot do that now', retryable: false },
  'transfer.illegal_transition': { status: 409, title: 'The transfer cannot do that now', retryable: false },
  'package.illegal_transition': { status: 409, title: 'The package cannot do that now', retryable: false },
  'scenario.not_a_draft': { status: 409, title: 'There is no draft to publish', retryable: false },
  'lifecycle.not_a_draft': { status: 409, title: 'There is no draft to publish', retryable: false },
  'backtest.over': { status: 409, title: 'The backtest has ended', retryable: false },
  'resource.exists': { status: 409, title: 'It exists already', retryable: false },
  'resource.in_use': { status: 409, title: 'It is still in use', retryable: false },
  'workflow.ended': { status: 409, title: 'Its work is over', retryable: false },
  'command.unanswered': { status: 503, title: 'The command was not answered in time', retryable: true },
  'stock.unreachable': { status: 503, title: 'The stock service cannot be reached', retryable: true },
  'stock.malformed_answer': {
    status: 503,
    title: 'The stock service answered in a way we cannot trust',
    retryable: true,
  },
  'carrier.unreachable': { status: 503, title: 'The carrier cannot be reached', retryable: true },
  'carrier.refused': { status: 502, title: 'The carrier refused the request', retryable: true },
  'invoice.unreachable': { status: 503, title: 'The invoice service gives no invoice yet', retryable: true },
  'invoice.refused': { status: 502, title: 'The invoice service refused the request', retryable: false },
  'omnitron.unreachable': { status: 503, title: 'Omnitron cannot be reached', retryable: true },
  'omnitron.refused': { status: 502, title: 'Omnitron refused the request', retryable: false },
  'webhook.undelivered': { status: 502, title: 'The endpoint did not take the event', retryable: true },
  'webhook.endpoint_disabled': { status: 409, title: 'The endpoint is disabled', retryable: false },
  'egress.refused': { status: 422, title: 'Outgoing calls to this address are not allowed', retryable: false },
  'service.unavailable': { status: 503, title: 'A server we need does not answer', retryable: true },
  internal: { status: 500, title: 'Something went wrong', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

/** A fault in the input; `pointer` is a JSON pointer into the body (RFC 6901), or the parameter's name. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

export interface ErrorOptions {
  /** Shown to callers beside the standard members, such as `state` and `allowed`. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly Fault[];
  readonly retryAfterSeconds?: number;
  /** For the log only. */
  readonly cause?: unknown;
}

/** What callers are told. `detail` and `context` are shown; what only we may see goes into `cause`. */
export class OmsError extends Error {
  override readonly name = 'OmsError';

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly options: ErrorOptions = {},
  ) {
    super(`${code}: ${detail}`, { cause: options.cause });
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
