import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';

import type { StockEngine, StockRow } from '../domain/configuration/integrations.js';
import { OmsError } from '../platform/errors.js';

type Inquire = (engine: StockEngine, skus: readonly string[], signal?: AbortSignal) => Promise<readonly StockRow[]>;

/** So many inquiries in a row without an answer, and the engine is left alone for a while. */
const FAILURES = 5;
/** After this time one inquiry is let through; when it is answered, all are. */
const PAUSE_MS = 10_000;

/** Whether an engine is asked, and why not. */
export interface EngineHealth {
  readonly state: 'ok' | 'open';
  readonly since: Date;
  /** The last failure, in words; null while it is asked. */
  readonly detail: string | null;
}

interface Options {
  readonly now: () => Date;
  /** Is called when an engine is left alone, and when it is asked again. */
  readonly changed: (engine: string, health: EngineHealth) => void;
}

/**
 * Asks an engine no more that has failed again and again, so that the ones who wait for it do not wait for its time limit,
 * and it can get well. Whoever asks then is told so at once, and asks again later, as after any failure.
 */
export function withBreaker(inquire: Inquire, { now, changed }: Options) {
  const circuits = new Map<string, CircuitBreakerPolicy>();
  const failures = new Map<string, string>();
  /** Of those that are left alone: a trial that fails does not begin it anew. */
  const openSince = new Map<string, Date>();

  const circuitOf = ({ code }: StockEngine): CircuitBreakerPolicy => {
    const known = circuits.get(code);
    if (known) return known;
    const circuit = circuitBreaker(
      // An answer that cannot be trusted is an answer: asking again may well be right.
      handleWhen((error) => error instanceof OmsError && error.code === 'stock.unreachable'),
      { halfOpenAfter: PAUSE_MS, breaker: new ConsecutiveBreaker(FAILURES) },
    );
    circuit.onFailure(({ reason }) => 'error' in reason && failures.set(code, wordsOf(reason.error)));
    circuit.onStateChange((state) => {
      if (state === CircuitState.HalfOpen) return;
      const since = (state === CircuitState.Open && openSince.get(code)) || now();
      if (state === CircuitState.Closed) openSince.delete(code);
      else openSince.set(code, since);
      const detail = state === CircuitState.Closed ? null : (failures.get(code) ?? null);
      changed(code, { state: state === CircuitState.Closed ? 'ok' : 'open', since, detail });
    });
    circuits.set(code, circuit);
    return circuit;
  };

  return async (engine: StockEngine, skus: readonly string[], signal?: AbortSignal): Promise<readonly StockRow[]> => {
    try {
      return await circuitOf(engine).execute(() => inquire(engine, skus, signal));
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const last = failures.get(engine.code) ?? 'it did not answer';
      const detail = `${engine.code} is not asked for ${PAUSE_MS / 1_000} s, since it failed ${FAILURES} times: ${last}`;
      throw new OmsError('stock.unreachable', detail, { cause: error });
    }
  };
}

const wordsOf = (error: Error): string => (error instanceof OmsError ? error.detail : error.message);
