import { createOrchestrator, type Orchestrator } from '../clients/orchestrator.js';
import { ensureSearchAttributes } from '../clients/prepareNamespace.js';
import { connectTemporal, temporalConnectOptions, type TemporalConnectOptions } from '../clients/temporal.js';
import { createWorkflowStates, type WorkflowStates } from '../clients/workflowStates.js';
import { createPlanner, type Planner } from '../planner/planner.js';
import type { Config } from '../platform/config.js';
import { createLogger, type Logger } from '../platform/log.js';
import { createMetrics, type Metrics } from '../platform/metrics.js';
import { createConfigurationStore, type ConfigurationStore } from '../store/configuration.js';
import { connectStore, type Connection } from '../store/connection.js';
import { createRecordStore, type RecordStore } from '../store/store.js';
import { TASK_QUEUE } from '../workflows/messages.js';
import { Refused } from './exit.js';

const PING_WITHIN_MS = 3_000;

/** What every process of the product is built from. */
export interface Runtime {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Connection;
  readonly configuration: ConfigurationStore;
  readonly records: RecordStore;
  readonly temporalOptions: TemporalConnectOptions;
  /** Registers what our workflows need in the namespace; repeatable. */
  readonly prepareTemporal: () => Promise<void>;
  /** Whether Temporal answers; rejects when it does not. */
  readonly pingTemporal: () => Promise<void>;
  readonly orchestrator: Orchestrator;
  readonly workflowStates: WorkflowStates;
  /** Plans in threads of this process. */
  readonly planner: Planner;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/** Where the servers are; for `oms dev` the embedded ones, else from the environment. */
export interface Addresses {
  readonly mongoUri: string;
  readonly temporalAddress: string;
}

/** @throws {Refused} when the environment names no servers. */
export function addressesOf({ MONGODB_URI: mongoUri, TEMPORAL_ADDRESS: temporalAddress }: Config): Addresses {
  if (mongoUri === undefined || temporalAddress === undefined) {
    throw new Refused('Set MONGODB_URI and TEMPORAL_ADDRESS, or run `oms dev`, which brings its own servers');
  }
  return { mongoUri, temporalAddress };
}

/** Connects to both servers; `close` ends both connections. */
export async function openRuntime(
  config: Config,
  { mongoUri, temporalAddress }: Addresses,
  log = loggerOf(config),
): Promise<Runtime> {
  const database = await connectStore(mongoUri);
  const temporalOptions = temporalConnectOptions(config, temporalAddress);
  const { client, connection } = await connectTemporal(temporalOptions, config.TEMPORAL_NAMESPACE);
  const planner = createPlanner({
    ...(config.OMS_PLANNING_THREADS === undefined ? {} : { threads: config.OMS_PLANNING_THREADS }),
    onThreadError: (error) => log.error({ err: error }, 'a planning thread ended'),
  });
  return {
    config,
    log,
    database,
    configuration: createConfigurationStore(database),
    records: createRecordStore(database),
    temporalOptions,
    prepareTemporal: () => ensureSearchAttributes(connection, config.TEMPORAL_NAMESPACE),
    pingTemporal: async () => {
      await connection.withDeadline(Date.now() + PING_WITHIN_MS, () => connection.healthService.check({}));
    },
    orchestrator: createOrchestrator(client),
    workflowStates: createWorkflowStates(client, TASK_QUEUE),
    planner,
    metrics: createMetrics(),
    close: async () => {
      await planner.close();
      await connection.close();
      await database.close();
    },
  };
}

/** JSON lines, except where a person reads along. */
const loggerOf = (config: Config): Logger =>
  createLogger({ level: config.LOG_LEVEL, isTerminal: process.stdout.isTTY === true });
