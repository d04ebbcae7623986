import type { StockEngine, StockRow } from '../domain/configuration/integrations.js';
import { OmsError } from '../platform/errors.js';
import { createAuthenticator, type AuthenticatedCall } from './authenticator.js';
import { createOutgoing, type OutgoingAnswer, type OutgoingOptions } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';
import { readStockAnswer } from './stockAnswer.js';

/** 100 SKUs at 2,000 locations are about 8 MB of answer. */
const LONGEST_ANSWER_BYTES = 16 * 1_048_576;
/** Of an answer that is shown to people. */
const SHOWN_CHARACTERS = 4_096;
/** Problems of an answer that are shown one by one: where one row is wrong, thousands are. */
const SHOWN_PROBLEMS = 20;
/** Requests of one inquiry that are under way together; an order of 500 lines must not become 500 at once. */
const AT_ONCE = 4;

export interface StockEngineOptions extends OutgoingOptions {
  /** Resolves when another request to an engine with `requestsPerSecond` may be made. */
  readonly pace?: (engine: string, requestsPerSecond: number) => Promise<void>;
  /** Waits until another request to an engine with `maxConcurrentRequests` may be under way; answers how it ends. */
  readonly slot?: (engine: string, terms: SlotTerms) => Promise<() => Promise<void>>;
}

/** How many may be under way, and how long one takes at most, in ms. */
interface SlotTerms {
  readonly most: number;
  readonly holdMs: number;
}

/** Login, question, and both once more, with the wait for the pace. */
const holdMs = ({ timeoutMs }: StockEngine): number => 4 * timeoutMs + 15_000;

/** One request for these SKUs. */
type Ask = (engine: StockEngine, skus: readonly string[], signal?: AbortSignal) => Promise<OutgoingAnswer>;

export type StockEngineClient = ReturnType<typeof createStockEngineClient>;

/** Asks a brand's stock service. */
export function createStockEngineClient({ pace, slot, ...options }: StockEngineOptions) {
  const call = createAuthenticator(createOutgoing(options));
  const ask: Ask = async (engine, skus, signal) => {
    const { code, requestsPerSecond, maxConcurrentRequests: most } = engine;
    const leave = most === undefined ? null : await slot?.(code, { most, holdMs: holdMs(engine) });
    try {
      if (requestsPerSecond !== undefined) await pace?.(code, requestsPerSecond);
      return await answerOf(call, engine, skus, signal);
    } finally {
      await leave?.();
    }
  };
  return {
    /**
     * What the service knows of these SKUs. A pair that it does not mention is 0 and has no row.
     *
     * @throws {OmsError} `stock.unreachable` when there is no answer, `stock.malformed_answer` when it cannot
     *   be trusted. Neither ever means "nothing there".
     */
    inquire: async (engine: StockEngine, skus: readonly string[], signal?: AbortSignal): Promise<StockRow[]> => {
      const rows: StockRow[] = [];
      for (const together of chunks(questionsOf(engine, skus), AT_ONCE)) {
        const answers = await Promise.all(
          together.map(async (asked) => rowsOf(engine, asked, await ask(engine, asked, signal))),
        );
        rows.push(...answers.flat());
      }
      return rows;
    },

    /** Asks like `inquire`, and tells what came of each request instead of failing. */
    examine: async (engine: StockEngine, skus: readonly string[]): Promise<StockExamination> => {
      const examined: StockExamination[] = [];
      for (const asked of questionsOf(engine, skus)) examined.push(await examineOne(ask, engine, asked));
      return {
        requests: examined.flatMap(({ requests }) => requests),
        rows: examined.flatMap(({ rows }) => rows),
        problems: shownOf(examined.flatMap(({ problems }) => problems)),
      };
    },
  };
}

/** What asking a stock service brought. */
export interface StockExamination {
  readonly requests: readonly {
    readonly url: string;
    /** Null when there was no answer. */
    readonly status: number | null;
    readonly latencyMs: number;
    /** The beginning of it. */
    readonly body: string;
  }[];
  readonly rows: readonly StockRow[];
  /** In words; none when the answer can be planned with. */
  readonly problems: readonly string[];
}

const shownOf = (problems: readonly string[]): readonly string[] =>
  problems.length <= SHOWN_PROBLEMS
    ? problems
    : [...problems.slice(0, SHOWN_PROBLEMS), `and ${problems.length - SHOWN_PROBLEMS} more`];

async function examineOne(ask: Ask, engine: StockEngine, skus: readonly string[]): Promise<StockExamination> {
  const url = urlOf(engine, skus).href;
  const begun = performance.now();
  try {
    const answer = await ask(engine, skus);
    const { status, latencyMs } = answer;
    const requests = [{ url, status, latencyMs, body: answer.body.slice(0, SHOWN_CHARACTERS) }];
    if (status !== 200) return { requests, rows: [], problems: [refusal(status)] };
    const read = readStockAnswer(answer.body, new Set(skus));
    return read.ok ? { requests, rows: read.rows, problems: [] } : { requests, rows: [], problems: read.problems };
  } catch (error) {
    if (!(error instanceof OmsError)) throw error;
    const latencyMs = Math.round(performance.now() - begun);
    return { requests: [{ url, status: null, latencyMs, body: '' }], rows: [], problems: [error.detail] };
  }
}

function questionsOf({ mode, maxSkusPerRequest }: StockEngine, skus: readonly string[]): string[][] {
  return chunks([...new Set(skus)], mode === 'single' ? 1 : maxSkusPerRequest);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

function rowsOf(engine: StockEngine, skus: readonly string[], { status, body }: OutgoingAnswer): readonly StockRow[] {
  if (status !== 200) throw unreachable(engine, refusal(status), { answered: status });
  const answer = readStockAnswer(body, new Set(skus));
  if (!answer.ok) throw malformed(engine, answer.problems);
  return answer.rows;
}

function urlOf({ url: base, skuParam }: StockEngine, skus: readonly string[]): URL {
  const url = new URL(base);
  for (const sku of skus) url.searchParams.append(skuParam, sku);
  return url;
}

async function answerOf(
  call: AuthenticatedCall,
  engine: StockEngine,
  skus: readonly string[],
  signal?: AbortSignal,
): Promise<OutgoingAnswer> {
  try {
    return await call(engine.auth, {
      url: urlOf(engine, skus),
      headers: { accept: 'application/json' },
      timeoutMs: engine.timeoutMs,
      maxBytes: LONGEST_ANSWER_BYTES,
      signal,
    });
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    if (error.fault === 'too_large') throw malformed(engine, [error.message]);
    throw unreachable(engine, error.message, {}, error);
  }
}

function refusal(status: number): string {
  if (status === 401 || status === 403) return `it does not accept our credentials (${status})`;
  if (status >= 300 && status < 400) return `it answered ${status}, and redirects are not followed`;
  return `it answered ${status}`;
}

const unreachable = ({ code }: StockEngine, why: string, context: { answered?: number }, cause?: unknown) =>
  new OmsError('stock.unreachable', `Stock engine ${code} cannot be reached: ${why}`, { context, cause });

function malformed({ code }: StockEngine, problems: readonly string[]): OmsError {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new OmsError(
    'stock.malformed_answer',
    `The answer of stock engine ${code} cannot be trusted: ${problems[0] ?? 'it is empty'}${more}`,
  );
}
