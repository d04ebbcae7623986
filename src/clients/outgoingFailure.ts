import { RequestError, TimeoutError } from 'got';

export type OutgoingFault = 'refused_address' | 'timeout' | 'no_answer' | 'too_large';

/** An outgoing call without a usable answer. The message goes on after "it cannot be reached:" and has no secrets. */
export class OutgoingFailure extends Error {
  override readonly name = 'OutgoingFailure';

  constructor(
    readonly fault: OutgoingFault,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be resolved at this moment',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to its address',
  ENETUNREACH: 'there is no way to its address',
};

export function toOutgoingFailure(error: unknown, timeoutMs: number): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error;
  if (error instanceof TimeoutError) return new OutgoingFailure('timeout', waited(error, timeoutMs), error);
  if (!(error instanceof RequestError)) throw error;
  // The agent tells a refused address by its message alone.
  if (/is not allowed\. Because/.test(error.message)) {
    return new OutgoingFailure('refused_address', 'outgoing calls to its address are not allowed', error);
  }
  return new OutgoingFailure('no_answer', SENTENCES[error.code] ?? `the connection failed (${error.code})`, error);
}

/** The client tells which of its limits was reached, and after how long. */
function waited({ event, message }: TimeoutError, timeoutMs: number): string {
  const ms = /for (\d+)ms/.exec(message)?.[1] ?? String(timeoutMs);
  const isConnecting = ['lookup', 'connect', 'secureConnect'].includes(event);
  return `no ${isConnecting ? 'connection' : 'answer'} within ${ms} ms`;
}
