import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

import type { Logger } from '../platform/log.js';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** Leads what Temporal's SDK has to say into our log. Once per process, before the first worker. */
export function installTemporalRuntime(log: Logger): void {
  Runtime.install({
    // Its info is about the SDK's own life, so it is our debug.
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => log[LEVELS[level]]({ ...meta }, message)),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    // Stopping is ours: the process drains the API as well.
    shutdownSignals: [],
  });
}
