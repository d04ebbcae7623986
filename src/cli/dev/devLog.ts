import { join } from 'node:path';

import { pino } from 'pino';

import type { Config } from '../../platform/config.js';
import { createLogger, type Logger } from '../../platform/log.js';

/** File with the log lines when a person reads the terminal. */
export const logFile = (dataDir: string): string => join(dataDir, 'oms.log');

/** On a terminal the lines would bury the table, so they go into a file; elsewhere they are what is read. */
export function devLog({ LOG_LEVEL: level, OMS_DATA_DIR: dataDir }: Config): Logger {
  if (process.stdout.isTTY !== true) return createLogger({ level });
  return createLogger({ level, destination: pino.destination({ dest: logFile(dataDir), mkdir: true, sync: false }) });
}
