import type { StockEngine, StockRow } from '../domain/configuration/integrations.js';
import { OmsError } from '../platform/errors.js';
import { createAuthenticator, type AuthenticatedCall } from './authenticator.js';
import { createOutgoing, type OutgoingAnswer, type OutgoingOptions } from './http.js';
import { OutgoingFailure } from './outgoingFailure.js';
import { readStockAnswer } from './stockAnswer.js';

/** 100 SKUs at 2,000 locations are about 8 MB of answer. */
const LONGEST_ANSWER_BYTES = 16 * 1_048_576;
/** Requests of one inquiry that are under way together; an order of 500 lines must not become 500 at once. */
const AT_ONCE = 4;

/** Asks a brand's stock service. */
export function createStockEngineClient(options: OutgoingOptions) {
  const call = createAuthenticator(createOutgoing(options));
  return {
    /**
     * What the service knows of these SKUs. A pair that it does not mention is 0 and has no row.
     *
     * @throws {OmsError} `stock.unreachable` when there is no answer, `stock.malformed_answer` when it cannot
     *   be trusted. Neither ever means "nothing there".
     */
    inquire: async (engine: StockEngine, skus: readonly string[], signal?: AbortSignal): Promise<StockRow[]> => {
      const size = engine.mode === 'single' ? 1 : engine.maxSkusPerRequest;
      const questions = chunks([...new Set(skus)], size);
      const rows: StockRow[] = [];
      for (const together of chunks(questions, AT_ONCE)) {
        const answers = await Promise.all(together.map((asked) => ask(call, engine, asked, signal)));
        rows.push(...answers.flat());
      }
      return rows;
    },
  };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

async function ask(call: AuthenticatedCall, engine: StockEngine, skus: readonly string[], signal?: AbortSignal) {
  const { status, body } = await answerOf(call, engine, skus, signal);
  if (status !== 200) throw unreachable(engine, refusal(status));
  const answer = readStockAnswer(body, new Set(skus));
  if (!answer.ok) throw malformed(engine, answer.problems);
  return answer.rows;
}

async function answerOf(
  call: AuthenticatedCall,
  engine: StockEngine,
  skus: readonly string[],
  signal?: AbortSignal,
): Promise<OutgoingAnswer> {
  const url = new URL(engine.url);
  for (const sku of skus) url.searchParams.append(engine.skuParam, sku);
  try {
    return await call(engine.auth, {
      url,
      headers: { accept: 'application/json' },
      timeoutMs: engine.timeoutMs,
      maxBytes: LONGEST_ANSWER_BYTES,
      signal,
    });
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    throw error.fault === 'too_large' ? malformed(engine, [error.message]) : unreachable(engine, error.message, error);
  }
}

function refusal(status: number): string {
  if (status === 401 || status === 403) return `it does not accept our credentials (${status})`;
  if (status >= 300 && status < 400) return `it answered ${status}, and redirects are not followed`;
  return `it answered ${status}`;
}

const unreachable = ({ code }: StockEngine, why: string, cause?: unknown) =>
  new OmsError('stock.unreachable', `Stock engine ${code} cannot be reached: ${why}`, { cause });

function malformed({ code }: StockEngine, problems: readonly string[]): OmsError {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new OmsError(
    'stock.malformed_answer',
    `The answer of stock engine ${code} cannot be trusted: ${problems[0] ?? 'it is empty'}${more}`,
  );
}
