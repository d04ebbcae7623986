import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import got, { type Method, type Response } from 'got';

import type { Config } from '../platform/config.js';
import { Refused } from './exit.js';

interface Access {
  readonly url: string;
  readonly key: string;
}

/** File that `oms dev` leaves in its data folder, so that the other commands on this machine find it. */
export const accessFile = (dataDir: string): string => join(dataDir, 'access.json');

/** `OMS_URL` and `OMS_KEY`, else what a running `oms dev` has left. */
function access({ OMS_URL: url, OMS_KEY: key, OMS_DATA_DIR: dataDir }: Config): Access {
  if (key !== undefined) return { url, key };
  try {
    return JSON.parse(readFileSync(accessFile(dataDir), 'utf8')) as Access;
  } catch {
    throw new Refused('Set OMS_KEY (and OMS_URL), or run this beside `oms dev`, which leaves its key in OMS_DATA_DIR');
  }
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly allowed?: readonly string[];
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Parameters of a request; a list gives its parameter several times. */
type Query = Readonly<Record<string, string | readonly string[]>>;

export type ApiClient = ReturnType<typeof createApiClient>;

/** Calls the API as an integrator would; what it refuses becomes one readable message. */
export function createApiClient(config: Config) {
  const { url, key } = access(config);
  const http = got.extend({
    prefixUrl: `${url}/v1/`,
    headers: { authorization: `Bearer ${key}`, 'oms-client': 'cli' },
    responseType: 'json',
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: { request: 30_000 },
  });

  const call = async <Body>(
    method: Method,
    path: string,
    options: { json?: unknown; query?: Query; headers?: Record<string, string> } = {},
  ) => {
    const response = await send<Body>(() =>
      http<Body>(path, {
        method,
        ...(options.json === undefined ? {} : { json: options.json }),
        ...(options.query && { searchParams: parametersOf(options.query) }),
        ...(options.headers && { headers: options.headers }),
      }),
    );
    if (response.statusCode >= 400) throw new Refused(describe(response.statusCode, response.body as Problem));
    return response.body;
  };

  return {
    url,
    get: <Body>(path: string, query: Query = {}) => call<Body>('GET', path, { query }),
    post: <Body>(path: string, json?: unknown, headers: Record<string, string> = {}) =>
      call<Body>('POST', path, { json, headers }),
    put: <Body>(path: string, json: unknown, headers: Record<string, string> = {}) =>
      call<Body>('PUT', path, { json, headers }),
    delete: (path: string) => call<unknown>('DELETE', path),
  };
}

const parametersOf = (query: Query): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  );

async function send<Body>(request: () => Promise<Response<Body>>): Promise<Response<Body>> {
  try {
    return await request();
  } catch (error) {
    throw new Refused(`The API cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describe(status: number, { title, detail, allowed, errors }: Problem): string {
  return [
    `${status} ${detail ?? title ?? 'refused'}`,
    ...(allowed ? [`allowed now: ${allowed.join(', ') || 'nothing'}`] : []),
    ...(errors ?? []).map((fault) => `${fault.pointer}: ${fault.detail}`),
  ].join('\n');
}
