import { ApplicationFailure } from '@temporalio/workflow';

/** Why a command was refused, in the words of the refusal. Anything else is a bug and goes on. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApplicationFailure && error.nonRetryable) return error.message;
  throw error;
}
