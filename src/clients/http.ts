import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';

import got, { type Request as GotStream } from 'got';

import type { ObserveCall } from '../platform/metrics.js';
import { egressAgents } from './egress.js';
import { OutgoingFailure, toOutgoingFailure } from './outgoingFailure.js';

export interface OutgoingOptions {
  /** CIDR ranges that may be reached although they are not public. */
  readonly allow: readonly string[];
  /** How names are resolved; the system's resolver when absent. */
  readonly lookup?: LookupFunction;
  /** Is told how each call went. */
  readonly observe?: ObserveCall;
}

export interface OutgoingRequest {
  readonly url: string | URL;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as these very bytes, in UTF-8. */
  readonly body?: string;
  /** For everything: name, connection, answer with its body. */
  readonly timeoutMs: number;
  /** For the connection with the name before it, and from the request to its answer; both within `timeoutMs`. */
  readonly limits?: { readonly connectMs: number; readonly readMs: number };
  /** Bytes of the answer's body that are read, unpacked. */
  readonly maxBytes: number;
  /** What happens with a longer body: the call fails, or what was read is enough. */
  readonly longer?: 'fails' | 'is cut';
  readonly signal?: AbortSignal | undefined;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly latencyMs: number;
}

/**
 * Calls the outside: any status is an answer.
 *
 * @throws {OutgoingFailure} when there is no answer; the signal's reason when it is aborted.
 */
export type Outgoing = (request: OutgoingRequest) => Promise<OutgoingAnswer>;

/**
 * The one way to call the outside. No retries, since Temporal retries; no redirects, since they lead where
 * nobody looked.
 */
export function createOutgoing({ allow, lookup, observe }: OutgoingOptions): Outgoing {
  const { http, https } = egressAgents(allow, lookup);
  const client = got.extend({
    agent: { http, https },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    headers: { 'user-agent': 'oms' },
  });
  return async ({ url, method = 'GET', headers, body, timeoutMs, limits, maxBytes, longer = 'fails', signal }) => {
    signal?.throwIfAborted();
    const begun = performance.now();
    const stream = client.stream(url, {
      method,
      timeout: { request: timeoutMs, ...(limits && stages(limits)) },
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    if (body === undefined && method !== 'GET') stream.end();
    try {
      const answer = await read(stream, maxBytes, longer);
      const ms = performance.now() - begun;
      observe?.(`${Math.floor(answer.status / 100)}xx`, ms / 1_000);
      return { ...answer, latencyMs: Math.round(ms) };
    } catch (error) {
      signal?.throwIfAborted();
      const failure = toOutgoingFailure(error, timeoutMs);
      observe?.(failure.fault, (performance.now() - begun) / 1_000);
      throw failure;
    } finally {
      stream.destroy();
    }
  };
}

async function read(stream: GotStream, maxBytes: number, longer: 'fails' | 'is cut') {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= maxBytes) continue;
    if (longer === 'is cut') break;
    throw new OutgoingFailure('too_large', `the answer is longer than ${maxBytes} bytes`);
  }
  const { response } = stream;
  if (!response) throw new OutgoingFailure('no_answer', 'the connection ended without an answer');
  const body = Buffer.concat(chunks).subarray(0, maxBytes);
  return { status: response.statusCode, headers: response.headers, body: body.toString('utf8'), bytes: body };
}

const stages = ({ connectMs, readMs }: NonNullable<OutgoingRequest['limits']>) => ({
  lookup: connectMs,
  connect: connectMs,
  secureConnect: connectMs,
  response: readMs,
});
