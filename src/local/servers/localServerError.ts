/** A local server cannot be had, started or used. The message is meant for people and is complete without a stack. */
export class LocalServerError extends Error {
  override readonly name = 'LocalServerError';
}
