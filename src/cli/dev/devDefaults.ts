import { readFile } from 'node:fs/promises';

import { generateApiKey } from '../../api/auth/apiKey.js';
import type { Config } from '../../platform/config.js';
import { accessFile } from '../apiClient.js';

export type DevConfig = Config & { readonly OMS_BOOTSTRAP_KEY: string };

/** Simulators and receivers of a developer run on this machine, so `oms dev` may call it. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** What `oms dev` adds to the environment: a key that stays the same from start to start, and loopback. */
export async function devDefaults(config: Config): Promise<DevConfig> {
  return {
    ...config,
    OMS_EGRESS_ALLOW: config.OMS_EGRESS_ALLOW.length > 0 ? config.OMS_EGRESS_ALLOW : LOOPBACK,
    OMS_BOOTSTRAP_KEY: config.OMS_BOOTSTRAP_KEY ?? (await keptKey(config.OMS_DATA_DIR)) ?? generateApiKey('dev').key,
  };
}

async function keptKey(dataDir: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await readFile(accessFile(dataDir), 'utf8')) as { key?: string }).key;
  } catch {
    // The first start, or somebody tidied up: there will be a new key.
    return undefined;
  }
}
