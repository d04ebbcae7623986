import { createApp } from '../../../src/api/app.js';
import { listen } from '../../../src/api/listen.js';
import { createOmnitronClient } from '../../../src/clients/omnitron/client.js';
import { createStockEngineClient } from '../../../src/clients/stockEngine.js';
import { createLogger } from '../../../src/platform/log.js';
import type { World } from './world.js';

export const HTTP_KEY = `oms_test_http_${'h'.repeat(40)}`;

export type Json = Record<string, unknown>;

/** The API in front of real workflows. */
export async function serveWorld({
  configuration,
  records,
  orchestrator,
  planner,
}: Pick<World, 'configuration' | 'records' | 'orchestrator' | 'planner'>) {
  const app = createApp({
    configuration,
    records,
    orchestrator,
    omnitronClient: createOmnitronClient({ allow: ['127.0.0.1'] }),
    stockClient: createStockEngineClient({ allow: ['127.0.0.1'] }),
    planner,
    log: createLogger({ level: 'silent' }),
    now: () => new Date(),
    bootstrapKey: HTTP_KEY,
    keyEnvironment: 'test',
    checkUrl: () => null,
    announce: () => Promise.resolve(),
    scenarioPublished: () => Promise.resolve(),
    ready: () => Promise.resolve({}),
  });
  const { url, close } = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url,
    close,
    call: async (method: 'GET' | 'POST', path: string, body?: object, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${HTTP_KEY}`, 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
    },
  };
}
