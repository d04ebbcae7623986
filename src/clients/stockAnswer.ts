import type { z } from 'zod';

import type { StockRow } from '../domain/configuration/integrations.js';
import { stockAnswer } from '../schemas/stockAnswer.js';

const LONGEST_QUOTE = 60;

export type StockAnswer =
  | { readonly ok: true; readonly rows: readonly StockRow[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the answer of a stock service to the question for these SKUs. Whatever is not exactly as agreed is a
 * problem, told with its JSON pointer; half of an answer is never believed.
 */
export function readStockAnswer(body: string, asked: ReadonlySet<string>): StockAnswer {
  const json = parseJson(body);
  if (json === undefined) return { ok: false, problems: [`it is not JSON but begins with ${quote(body)}`] };
  const parsed = stockAnswer.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], json);
      return `at ${pointer(path)}: ${message}, found ${quote(JSON.stringify(found))}`;
    });
    return { ok: false, problems };
  }
  const problems = contradictions(parsed.data, asked);
  if (problems.length > 0) return { ok: false, problems };
  const rows = parsed.data.flatMap(({ sku, stocks }) =>
    stocks.map(({ erpCode, quantity }) => ({ location: erpCode, sku, quantity })),
  );
  return { ok: true, rows };
}

function contradictions(answer: z.output<typeof stockAnswer>, asked: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [index, { sku, stocks }] of answer.entries()) {
    if (!asked.has(sku)) problems.push(`at /${index}/sku: ${quote(sku)} was not asked`);
    for (const [place, { erpCode }] of stocks.entries()) {
      // Codes and SKUs hold no line break, so that no two pairs share a key.
      const key = `${sku}\n${erpCode}`;
      if (seen.has(key)) problems.push(`at /${index}/stocks/${place}: ${quote(sku)} at ${quote(erpCode)} comes twice`);
      seen.add(key);
    }
  }
  return problems;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const pointer = (path: readonly PropertyKey[]) => path.map((part) => `/${String(part)}`).join('') || 'the top';

const quote = (text: string | undefined) => {
  if (text === undefined || text === '') return 'nothing';
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text;
};
