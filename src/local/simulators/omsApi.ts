import { setTimeout as pause } from 'node:timers/promises';

export interface OmsAccess {
  /** Without `/v1`. */
  readonly url: string;
  readonly key: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly etag: string | null;
  /** Parsed JSON; null when there is none. */
  readonly body: unknown;
}

export interface ApiCall {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
const TIMEOUT_MS = 30_000;

/**
 * The system's HTTP API as an outside program calls it. While the API is away, overloaded or starting, a
 * call is repeated for as long as it takes: who calls gives an `Idempotency-Key` where it matters.
 *
 * @param ending ends every call that is under way.
 */
export function createOmsApi({ url, key }: OmsAccess, ending: AbortSignal) {
  const once = async (method: string, path: string, { body, headers }: ApiCall): Promise<ApiAnswer> => {
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([ending, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    return { status: response.status, etag: response.headers.get('etag'), body: text === '' ? null : JSON.parse(text) };
  };

  return async (method: string, path: string, call: ApiCall = {}): Promise<ApiAnswer> => {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await once(method, path, call);
        if (!isLater(answer)) return answer;
      } catch (error) {
        if (ending.aborted) throw error;
      }
      await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt), undefined, { signal: ending });
    }
  };
}

/** Whether the same call may go well later, also because an API that died has begun it and nobody has ended it. */
function isLater({ status, body }: ApiAnswer): boolean {
  if (status >= 500 || status === 429) return true;
  return status === 409 && (body as { type?: string } | null)?.type === '/problems/idempotency.in_progress';
}

export type OmsApi = ReturnType<typeof createOmsApi>;
