import { isStoreUnavailable } from '../../store/isStoreUnavailable.js';

/** gRPC: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const GRPC_CODES = new Set([4, 8, 14]);

/** Whether an error, or what caused it, means that MongoDB or Temporal does not answer at the moment. */
export function isUnavailable(error: unknown): boolean {
  // A chain of causes is short; the bound is for one that runs in a circle.
  let cause = error;
  for (let depth = 0; depth < 8 && cause instanceof Error; depth++) {
    if (isStoreUnavailable(cause) || isGrpcUnavailable(cause)) return true;
    cause = cause.cause;
  }
  return false;
}

function isGrpcUnavailable(error: Error): boolean {
  return 'code' in error && 'details' in error && typeof error.code === 'number' && GRPC_CODES.has(error.code);
}
