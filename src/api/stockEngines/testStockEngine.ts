import { codeParams } from '../../schemas/codeParams.js';
import { stockTest, stockTestResult } from '../../schemas/stockEngine.js';
import type { StockRow } from '../../domain/configuration/integrations.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';

/** Codes that a sentence names; the rest is a number. */
const NAMED = 5;

export const testStockEngine = ({ configuration, stockClient }: ApiDependencies) =>
  endpoint({
    method: 'post',
    path: '/stock-engines/{code}/test',
    tag: 'Stock engines',
    summary: 'Ask the stock service for some SKUs, and tell in words what is wrong with its answer',
    roles: MAY.configure,
    // It changes nothing, so nothing has to be remembered.
    audit: null,
    request: { params: codeParams, body: stockTest },
    replies: { 200: stockTestResult },
    errors: ['resource.not_found'],
    handle: async ({ params: { code }, body: { skus } }) => {
      const engine = await configuration.stockEngines.find(code);
      if (!engine) throw notFound('stock engine', code);
      const { requests, rows, problems } = await stockClient.examine(engine, skus);
      const locations = await configuration.locations.all({ fields: { stockEngine: code } });
      const own = new Set(locations.map((location) => location.code));
      const ok = problems.length === 0;
      const hints = ok ? [...strangers(rows, own), ...silent(rows, own)] : [];
      return { status: 200, body: { ok, requests, stocks: rows, problems: [...problems, ...hints] } };
    },
  });

function strangers(rows: readonly StockRow[], own: ReadonlySet<string>): string[] {
  const codes = [...new Set(rows.map(({ location }) => location))].filter((code) => !own.has(code));
  return codes.length === 0 ? [] : [`${list(codes)}: no location with this engine; that stock is not used`];
}

function silent(rows: readonly StockRow[], own: ReadonlySet<string>): string[] {
  const told = new Set(rows.map(({ location }) => location));
  const codes = [...own].filter((code) => !told.has(code));
  return codes.length === 0 ? [] : [`${list(codes)}: nothing is said of them, which counts as no stock`];
}

function list(codes: readonly string[]): string {
  const more = codes.length - NAMED;
  return codes.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
