import type { RunningServer } from '../../src/local/servers/runningServer.js';

/** What the set-up of this run started and its teardown has to stop; both run in the same process. */
export const running: RunningServer[] = [];
