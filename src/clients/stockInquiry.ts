import type { StockEngine, StockRow } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import { OmsError } from '../platform/errors.js';

export interface StockInquiryDependencies {
  readonly engines: { all(): Promise<readonly StockEngine[]> };
  readonly client: {
    inquire(engine: StockEngine, skus: readonly string[], signal?: AbortSignal): Promise<readonly StockRow[]>;
  };
}

/**
 * Asks the stock engines of these locations, and no others, for these SKUs. Each engine is believed for its
 * own locations only. A pair without a row is 0.
 *
 * @throws {OmsError} `stock.unreachable` or `stock.malformed_answer`: what cannot be asked never counts as
 *   empty, so one engine that fails makes the whole inquiry fail.
 */
export async function inquireStock(
  { engines, client }: StockInquiryDependencies,
  locations: readonly Pick<Location, 'code' | 'stockEngine'>[],
  skus: readonly string[],
  signal?: AbortSignal,
): Promise<StockRow[]> {
  const engineOf = new Map(locations.map(({ code, stockEngine }) => [code, stockEngine]));
  const known = new Map((await engines.all()).map((engine) => [engine.code, engine]));
  const answers = await Promise.all(
    [...new Set(engineOf.values())].map(async (code) => {
      const engine = known.get(code);
      if (!engine) throw new OmsError('stock.unreachable', `There is no stock engine ${code}, which locations name`);
      const rows = await client.inquire(engine, skus, signal);
      return rows.filter(({ location }) => engineOf.get(location) === code);
    }),
  );
  return answers.flat();
}
