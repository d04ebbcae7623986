import type { StockEngine, StockRow } from '../domain/configuration/integrations.js';
import { fingerprint } from '../platform/fingerprint.js';
import { OmsError } from '../platform/errors.js';

type Inquire = (engine: StockEngine, skus: readonly string[]) => Promise<readonly StockRow[]>;

interface Waiting {
  readonly skus: ReadonlySet<string>;
  readonly resolve: (rows: readonly StockRow[]) => void;
  readonly reject: (reason: unknown) => void;
}

interface Queue {
  waiting: Waiting[];
  underWay: number;
  timer: NodeJS.Timeout | null;
}

/** How long the first inquiry waits for others. */
const GATHER_MS = 10;
/** Merged inquiries of one engine that are under way together; while they are, the next ones gather. */
const AT_ONCE = 2;

/**
 * Merges the inquiries of different orders: what is asked of an engine within some milliseconds, or while it is busy,
 * is asked together. Each gets the rows of its own SKUs.
 *
 * An answer that is wrong for one may be right for the others, so after such a failure each is asked for itself.
 */
export function batchInquiries(inquire: Inquire) {
  const queues = new Map<string, Queue>();

  const send = (key: string, engine: StockEngine, queue: Queue): void => {
    queue.timer = null;
    if (queue.underWay >= AT_ONCE || queue.waiting.length === 0) return;
    const together = queue.waiting.splice(0);
    queue.underWay++;
    void answer(inquire, engine, together).finally(() => {
      queue.underWay--;
      if (queue.waiting.length > 0 && queue.timer === null) send(key, engine, queue);
      else if (queue.underWay === 0 && queue.timer === null) queues.delete(key);
    });
  };

  return async (engine: StockEngine, skus: readonly string[], signal?: AbortSignal): Promise<readonly StockRow[]> => {
    signal?.throwIfAborted();
    // A changed engine is another one: what was asked of the old is not answered by the new.
    const key = fingerprint(engine);
    const queue = queues.get(key) ?? { waiting: [], underWay: 0, timer: null };
    queues.set(key, queue);
    return new Promise((resolve, reject) => {
      const one = { skus: new Set(skus), resolve, reject };
      queue.waiting.push(one);
      signal?.addEventListener('abort', () => {
        queue.waiting = queue.waiting.filter((other) => other !== one);
        reject(signal.reason as Error);
      });
      queue.timer ??= setTimeout(() => send(key, engine, queue), GATHER_MS);
    });
  };
}

async function answer(inquire: Inquire, engine: StockEngine, together: readonly Waiting[]): Promise<void> {
  const skus = [...new Set(together.flatMap((one) => [...one.skus]))];
  try {
    const rows = await inquire(engine, skus);
    for (const one of together) one.resolve(rows.filter(({ sku }) => one.skus.has(sku)));
  } catch (error) {
    if (together.length > 1 && isAboutContent(error)) {
      await Promise.all(together.map((one) => answer(inquire, engine, [one])));
    } else for (const one of together) one.reject(error);
  }
}

/** There was an answer, and it may be due to one of the SKUs; a server's own fault (5xx) is everybody's. */
function isAboutContent(error: unknown): boolean {
  if (!(error instanceof OmsError)) return false;
  const { answered } = error.options.context ?? {};
  return error.code === 'stock.malformed_answer' || (typeof answered === 'number' && answered < 500);
}
