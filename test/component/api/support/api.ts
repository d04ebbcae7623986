import { createApp } from '../../../../src/api/app.js';
import type { Announcement, ApiDependencies } from '../../../../src/api/dependencies.js';
import { listen, type Listening } from '../../../../src/api/listen.js';
import { createOmnitronClient } from '../../../../src/clients/omnitron/client.js';
import { createStockEngineClient } from '../../../../src/clients/stockEngine.js';
import { createLogger } from '../../../../src/platform/log.js';
import { createPlanner } from '../../../../src/planner/planner.js';
import { createConfigurationStore } from '../../../../src/store/configuration.js';
import { migrate } from '../../../../src/store/migrate.js';
import { createRecordStore } from '../../../../src/store/store.js';
import { PLAN_THREAD } from '../../../support/planThread.js';
import { createFakeOrchestrator } from './orchestrator.js';
import { useDatabase } from './database.js';

export const ADMIN_KEY = `oms_test_admin_${'a'.repeat(40)}`;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into bodies freely
  readonly body: any;
}

export interface Asking {
  readonly key?: string | null;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running API on a database of its own, with what it said to the outside. */
export function useApi(overrides: Partial<ApiDependencies> = {}) {
  const database = useDatabase();
  const { fake, orchestrator } = createFakeOrchestrator();
  const announced: Announcement[] = [];
  const published: string[] = [];
  const lines: string[] = [];
  // Its thread starts when it is first asked.
  const planner = createPlanner({ threads: 1, thread: PLAN_THREAD });
  let clock = new Date('2026-11-23T09:00:00Z');
  let running: { listening: Listening; dependencies: ApiDependencies } | undefined;

  beforeAll(async () => {
    const dependencies: ApiDependencies = {
      configuration: createConfigurationStore(database()),
      records: createRecordStore(database()),
      orchestrator,
      planner,
      omnitronClient: createOmnitronClient({ allow: ['127.0.0.1'] }),
      stockClient: createStockEngineClient({ allow: ['127.0.0.1'] }),
      log: createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
      now: () => clock,
      bootstrapKey: ADMIN_KEY,
      keyEnvironment: 'test',
      checkUrl: (url) => (url.includes('10.0.0.1') ? 'private addresses are refused' : null),
      announce: (event) => {
        announced.push(event);
        return Promise.resolve();
      },
      scenarioPublished: (name) => {
        published.push(name);
        return Promise.resolve();
      },
      ready: () => Promise.resolve({ mongodb: 'ok', temporal: 'ok' }),
      ...overrides,
    };
    await migrate(database());
    const listening = await listen(createApp(dependencies), { host: '127.0.0.1', port: 0 });
    running = { listening, dependencies };
  });

  afterAll(async () => {
    await running?.listening.close();
    await planner.close();
  });

  const ask = async (method: string, path: string, { key = ADMIN_KEY, body, raw, headers }: Asking = {}) => {
    const sent = body === undefined ? raw : JSON.stringify(body);
    const response = await fetch(`${running?.listening.url ?? ''}${path}`, {
      method,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    return answerOf(response);
  };

  return {
    ask,
    get: (path: string, asking?: Asking) => ask('GET', path, asking),
    post: (path: string, body?: unknown, asking: Asking = {}) => ask('POST', path, { ...asking, body }),
    put: (path: string, body: unknown, asking: Asking = {}) => ask('PUT', path, { ...asking, body }),
    workflows: fake,
    announced,
    published,
    lines,
    dependencies: (): ApiDependencies => {
      if (!running) throw new Error('The API is there once the tests run');
      return running.dependencies;
    },
    url: () => running?.listening.url ?? '',
    travel: (ms: number) => {
      clock = new Date(clock.getTime() + ms);
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}
