import Table from 'cli-table3';

import { logFile } from './devLog.js';
import type { Up } from './bringUp.js';

/** Where everything is, the key, and what to try next. */
export function addressTable({ config, api, temporal, mongo, demo }: Up): string {
  const table = new Table({ style: { head: [], border: [], compact: true } });
  table.push(
    { API: `${api.url}/v1` },
    { Documentation: `${api.url}/docs` },
    ...(temporal.uiUrl === undefined ? [] : [{ 'Temporal Web UI': temporal.uiUrl }]),
    { Temporal: temporal.address },
    { MongoDB: mongo.address },
    ...(demo ? demo.addresses.map(({ name, url }) => ({ [name]: url })) : []),
    { Key: config.OMS_BOOTSTRAP_KEY },
    ...(process.stdout.isTTY === true ? [{ Log: logFile(config.OMS_DATA_DIR) }] : []),
  );
  return `\n${table.toString()}\n${NEXT}`;
}

const NEXT = `
Try, in another terminal in this folder:
  npx oms orders                                  every order and its packages
  npx oms packages --state out_of_stock           what is parked
  npx oms packages R1001P1                        one package, and what can be done with it
  npx oms packages R1001P1 block --reason "count again"
  npx oms events --follow                         everything that happens
Ctrl-C stops all of it.
`;
