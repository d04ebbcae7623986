import mongoose from 'mongoose';

const { MongoError, MongoServerError } = mongoose.mongo;

/** Not primary, stepping down, shutting down, interrupted by a change of primary, out of time. */
const TRANSIENT_CODES = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** Whether MongoDB does not answer at the moment, as opposed to having refused what it was asked. */
export function isStoreUnavailable(error: unknown): boolean {
  if (error instanceof MongoServerError) return typeof error.code === 'number' && TRANSIENT_CODES.has(error.code);
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (error instanceof MongoError)
    return (
      /^Mongo(Network|ServerSelection|Topology|NotConnected|Pool|WaitQueue|Client)/.test(error.name) ||
      /^Pool/.test(error.name)
    );
  // mongoose keeps operations while it is not connected, and gives up on them with a plain error.
  return error instanceof mongoose.MongooseError && error.message.includes('buffering timed out');
}
