import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { keep, type Source } from '../../../src/local/servers/cache.js';
import { cacheDirectory } from '../../../src/local/servers/cacheDirectory.js';
import { runCommand } from '../../../src/local/servers/runCommand.js';
import { startOmnitron } from '../../../src/local/simulators/omnitron.js';
import { omnitronOrders } from '../../support/omnitronOrders.js';
import { omnitronStores } from '../../support/omnitronStores.js';

const LOGIN = { username: 'oms', password: 'secret' };
const WANTED = ['omnisdk==0.0.103', 'requests==2.32.3', 'backoff==2.2.1'];

/** Python with the vendor's client, in the cache where the servers are. */
const SDK: Source = {
  title: 'omnisdk 0.0.103',
  entry: 'omnisdk-0.0.103',
  executable: 'python',
  fill: async (folder) => {
    const options = ['--quiet', '--disable-pip-version-check', '--target', join(folder, 'packages')];
    await runCommand('python3', ['-m', 'pip', 'install', ...options, ...WANTED], { timeoutMs: 120_000 });
    const script = '#!/bin/sh\nPYTHONPATH="$(dirname "$0")/packages" exec python3 "$@"\n';
    await writeFile(join(folder, 'python'), script);
    await chmod(join(folder, 'python'), 0o755);
  },
  check: (executable) => runCommand(executable, ['-c', 'import omnisdk'], { timeoutMs: 30_000 }),
};

// Where there is no Python or no package registry the test fails and says so: a green run means that it was tried.
test("the vendor's own client logs in, pages through orders, patches an item and creates a shipping info", async () => {
  const python = await keep(cacheDirectory(process.env['XDG_CACHE_HOME']), SDK, () => undefined);
  const omnitron = await startOmnitron({ login: LOGIN, orders: omnitronOrders(), stores: omnitronStores() });
  try {
    const script = join(import.meta.dirname, 'vendorClient.py');
    const printed = await runCommand(python, [script, `${omnitron.url}/`, LOGIN.username, LOGIN.password], {
      timeoutMs: 60_000,
    });

    expect(JSON.parse(printed)).toEqual({
      'wrong password': ['non_field_errors', 'code'],
      token: 'Token',
      orders: ['R1001', 'R1002', 'R1003'],
      'by number': 7002,
      'after the token ended': 'R1001',
      items: [8002, 8003, 8004, 8005, 8006],
      patched: ['450', 'T1', '39.80'],
      'unknown status': ['status', 'code'],
      'shipping info': [7001, 'yurtici', 'int'],
      stores: ['S12'],
    });
    expect(omnitron.rows('order_items').find(({ pk }) => pk === 8001)).toMatchObject({ status: '450' });
    expect(omnitron.rows('order_shipping_infos')).toHaveLength(1);
  } finally {
    await omnitron.stop();
  }
});
