import type { Config } from '../../platform/config.js';
import { cacheDirectory } from '../../local/servers/cacheDirectory.js';
import { fetchServers } from '../../local/servers/fetchServers.js';
import { Refused } from '../exit.js';
import { print } from '../output.js';

/** `oms servers`: gets the embedded servers onto this machine without starting them, so that nobody waits later. */
export async function runServers(config: Config): Promise<void> {
  const fetched = await fetchServers({
    cacheDir: cacheDirectory(config.XDG_CACHE_HOME),
    searchPath: config.PATH,
    temporalExecutable: config.OMS_TEMPORAL_BIN,
    mongodExecutable: config.OMS_MONGOD_BIN,
    timeSkippingExecutable: config.OMS_TEMPORAL_TEST_SERVER_BIN,
    onProgress: (line) => console.log(line),
  });
  print(
    fetched,
    [
      { heading: 'server', value: ({ server }) => server },
      { heading: 'seconds', value: ({ ms }) => (ms / 1_000).toFixed(1) },
      { heading: 'from', value: (found) => (found.ok ? found.origin : 'nowhere') },
    ],
    {},
  );
  const missing = fetched.flatMap((found) => (found.ok ? [] : [found.reason]));
  if (missing.length > 0) throw new Refused(missing.join('\n\n'));
}
