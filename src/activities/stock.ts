import { activityInfo, ApplicationFailure, Context } from '@temporalio/activity';

import { inquireStock, type StockInquiryDependencies } from '../clients/stockInquiry.js';
import type { StockRow } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import { ERRORS, OmsError } from '../platform/errors.js';
import type { DecisionRepository } from '../store/decisions.js';
import type { OrderRepository } from '../store/orders.js';

/** Back-off of the inquiry: from one second, doubling, to at most half a minute. */
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

export interface StockDependencies extends StockInquiryDependencies {
  readonly locations: { all(): Promise<readonly Location[]> };
  readonly decisions: DecisionRepository;
  readonly orders: OrderRepository;
  readonly now: () => Date;
}

export type StockActivities = ReturnType<typeof createStockActivities>;

/** Asks the brand's stock services. The answer is kept in the decision, not in the workflow's history. */
export function createStockActivities({ engines, locations, client, decisions, orders, now }: StockDependencies) {
  const ask = async (skus: readonly string[]): Promise<StockRow[]> => {
    const active = (await locations.all()).filter((location) => location.active);
    return inquireStock({ engines, client }, active, skus, Context.current().cancellationSignal);
  };

  return {
    /**
     * Opens decision `n` of the order with a fresh answer.
     *
     * @throws {ApplicationFailure} `stock.unreachable` or `stock.malformed_answer`, to be retried: an engine
     *   that cannot be asked never counts as one that has nothing.
     */
    async inquireStock({
      order,
      n,
      skus,
    }: {
      order: string;
      n: number;
      skus: readonly string[];
    }): Promise<{ rows: number }> {
      try {
        const rows = await ask(skus);
        await decisions.open(order, n, rows, now());
        return { rows: rows.length };
      } catch (error) {
        if (!(error instanceof OmsError)) throw error;
        const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(activityInfo().attempt - 1, 10));
        const nextAttemptAt = new Date(now().getTime() + delayMs).toISOString();
        await orders.noteAttempt(order, 'stock_unavailable', { detail: error.detail, nextAttemptAt });
        throw ApplicationFailure.create({
          type: error.code,
          message: error.detail,
          nonRetryable: !ERRORS[error.code].retryable,
          nextRetryDelay: delayMs,
        });
      }
    },
  };
}
