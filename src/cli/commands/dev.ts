import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { Config } from '../../platform/config.js';
import { bringUp } from '../dev/bringUp.js';
import { devDefaults } from '../dev/devDefaults.js';
import { addressTable } from '../dev/addressTable.js';
import { Undo } from '../dev/undo.js';
import { untilStopped } from '../untilStopped.js';

/** `oms dev`: everything on one machine, until it is told to stop. */
export async function runDev({ isFresh, ...given }: Config & { isFresh?: boolean }): Promise<void> {
  const dataDir = resolve(given.OMS_DATA_DIR);
  if (isFresh) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = await devDefaults({ ...given, OMS_DATA_DIR: dataDir });
  const undo = new Undo();
  const running = bringUp(config, undo).then(async (up) => {
    console.log(addressTable(up));
    await up.demo?.play((line) => console.log(line));
    // It keeps running: only a server that dies ends it.
    throw new Error(`${await up.serverEnded}; start again, the data is still there`);
  });
  await untilStopped(async () => {
    console.log('Stopping. The data stays for the next start.');
    await undo.all();
  }, running);
}
