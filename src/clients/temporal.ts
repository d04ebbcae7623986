import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';

import type { Config } from '../platform/config.js';

/** How to reach Temporal: for clients and workers alike. */
export interface TemporalConnectOptions extends Pick<NativeConnectionOptions, 'tls'> {
  readonly address: string;
  readonly apiKey?: string;
}

/**
 * The server at `address`, with TLS and API key as the SDK's own variables say (`TEMPORAL_TLS_...`,
 * `TEMPORAL_API_KEY`).
 */
export function temporalConnectOptions(config: Config, address: string): TemporalConnectOptions {
  const named = Object.entries(config).filter(
    ([name, value]) => name.startsWith('TEMPORAL_') && typeof value === 'string',
  );
  const variables = { ...(Object.fromEntries(named) as Record<string, string>), TEMPORAL_ADDRESS: address };
  const { connectionOptions } = loadClientConnectConfig({ disableFile: true, overrideEnvVars: variables });
  const { tls, apiKey } = connectionOptions;
  return { address, ...(tls !== undefined && { tls }), ...(typeof apiKey === 'string' && { apiKey }) };
}

/** Connects to Temporal. The caller closes `connection`. */
export async function connectTemporal(
  options: TemporalConnectOptions,
  namespace: string,
): Promise<{ client: Client; connection: Connection }> {
  const connection = await Connection.connect({ ...options, connectTimeout: '10s' });
  return { client: new Client({ connection, namespace }), connection };
}
