import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LocalServerError } from './localServerError.js';
import { reasonOf } from './reasonOf.js';

export interface Download {
  /** For people: "mongod 7.0.14". */
  readonly what: string;
  /** Addresses of the same file; the first that answers is used. */
  readonly urls: readonly [string, ...string[]];
  /** In lower-case hexadecimal; a function fetches the one that is published next to the file. */
  readonly sha256: string | (() => Promise<string>);
}

/** A closed network must cost seconds, not the minutes that a connection may take to time out. */
const PROBE_MS = 3_000;
/** Without a byte for this long the transfer counts as dead. */
const STALL_MS = 30_000;
const PROGRESS_EVERY_MS = 3_000;

/** Downloads into `file`. Throws when no address answers in time, the transfer stalls, or the checksum differs. */
export async function download(wanted: Download, file: string, onProgress: (line: string) => void): Promise<void> {
  const url = await firstAnswering(wanted.urls);
  const expected = typeof wanted.sha256 === 'string' ? wanted.sha256 : await wanted.sha256();

  const stalled = new AbortController();
  const clock = setTimeout(() => stalled.abort(new LocalServerError(`no data for ${STALL_MS / 1000} s`)), STALL_MS);
  try {
    const response = await fetch(url, { signal: stalled.signal });
    if (!response.ok || response.body === null) throw new LocalServerError(`${url} answered ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    onProgress(`downloading ${wanted.what} (${megabytes(total)}) from ${hostOf(url)}`);
    const counted = counter(
      (received) => onProgress(`${wanted.what}: ${megabytes(received)} of ${megabytes(total)}`),
      clock,
    );
    await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(file));
  } finally {
    clearTimeout(clock);
  }

  const actual = await sha256Of(file);
  if (actual !== expected) {
    throw new LocalServerError(`${url} has the SHA-256 ${actual}, not ${expected}: it was refused`);
  }
}

/** SHA-256 of a file, in lower-case hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A small text from an official site, such as a published checksum. */
export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_MS * 3) });
  if (!response.ok) throw new LocalServerError(`${url} answered ${response.status}`);
  return response.text();
}

async function firstAnswering(urls: readonly string[]): Promise<string> {
  const probes = urls.map(async (url) => {
    const { ok, status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    if (!ok) throw new LocalServerError(`answered ${status}`);
    return url;
  });
  try {
    return await Promise.any(probes);
  } catch (error) {
    const reasons = (error as AggregateError).errors.map(
      (reason, index) => `${hostOf(urls[index])} ${unreachable(reason)}`,
    );
    throw new LocalServerError(reasons.join('; '));
  }
}

function hostOf(url = ''): string {
  return new URL(url).host;
}

function unreachable(error: unknown): string {
  if (error instanceof LocalServerError) return error.message;
  if ((error as Error).name === 'TimeoutError') return `cannot be reached within ${PROBE_MS / 1000} s`;
  return `cannot be reached (${reasonOf(error)})`;
}

/** Passes data on, puts the clock of the stall back with every piece, and tells the progress now and then. */
function counter(onProgress: (received: number) => void, clock: NodeJS.Timeout): Transform {
  let received = 0;
  let told = Date.now();
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      received += piece.length;
      clock.refresh();
      if (Date.now() - told > PROGRESS_EVERY_MS) {
        told = Date.now();
        onProgress(received);
      }
      done(null, piece);
    },
  });
}

function megabytes(bytes: number): string {
  return bytes === 0 ? 'unknown size' : `${(bytes / 1e6).toFixed(0)} MB`;
}
