import { readFileSync } from 'node:fs';
import path from 'node:path';

import { startHttpServer } from './httpServer.js';

/** A request as it has to be made, and what was answered to it. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: string;
    /** Others may be sent as well. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    /** Instead of a body in JSON. */
    readonly text?: string;
  };
}

/** A recording in `test/fixtures/recorded`. */
export const recording = (party: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `../fixtures/recorded/${party}.json`), 'utf8'));

/** A service that answers as it was recorded, one request after the other, whatever it is asked. */
export async function startRecordedService(exchanges: readonly Exchange[]) {
  const asked: Exchange['request'][] = [];
  const server = await startHttpServer(({ method, path: target, query, headers, body }) => {
    const exchange = exchanges[asked.length];
    const recorded = exchange?.request;
    const named = Object.keys(recorded?.headers ?? {}).map((name) => [name, String(headers[name])]);
    asked.push({
      ...{ method, path: target },
      ...(recorded?.query !== undefined && { query: String(query) }),
      ...(recorded?.headers && { headers: Object.fromEntries(named) as Record<string, string> }),
      ...(body !== '' && { body: JSON.parse(body) as unknown }),
    });
    const { status, headers: sent, body: json, text } = exchange?.response ?? { status: 500, text: 'not recorded' };
    return { status, ...(sent && { headers: sent }), ...(text === undefined ? { json } : { text }) };
  });
  return { url: server.url, asked: () => asked, close: () => server.close() };
}
