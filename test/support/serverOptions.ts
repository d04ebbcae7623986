import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../src/local/servers/cacheDirectory.js';
import { readConfig } from '../../src/platform/config.js';

/** For tests that start a server of their own: finds what the set-up of the run found, and says nothing. */
export function mongoOptions() {
  return { ...common(), executable: readConfig().OMS_MONGOD_BIN };
}

export function temporalOptions() {
  return { ...common(), executable: readConfig().OMS_TEMPORAL_BIN, namespace: 'oms' };
}

/** A folder for data that are to outlive a server. */
export function dataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'oms-data-'));
}

function common() {
  const { XDG_CACHE_HOME, PATH } = readConfig();
  return { cacheDir: cacheDirectory(XDG_CACHE_HOME), searchPath: PATH, onProgress: () => undefined };
}
