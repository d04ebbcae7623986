import { Client, Connection } from '@temporalio/client';

import { createOrchestrator } from '../../../src/clients/orchestrator.js';
import { prepareNamespace } from '../../../src/clients/prepareNamespace.js';
import { createWorkflowStates } from '../../../src/clients/workflowStates.js';
import type { Scenario, TransferScenario } from '../../../src/domain/configuration/scenario.js';
import { createPlanner } from '../../../src/planner/planner.js';
import { createConfigurationStore } from '../../../src/store/configuration.js';
import { connectStore } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import { createRecordStore } from '../../../src/store/store.js';
import { createVerification } from '../../../src/store/verification.js';
import { TASK_QUEUE } from '../../../src/workflows/messages.js';
import { PLAN_THREAD } from '../../support/planThread.js';
import { startWorkerProcess } from '../../support/workerProcess.js';
import { location, setUpBrand, subscribe } from '../../workflow/support/brand.js';
import { serveWorld } from '../../workflow/support/serveWorld.js';
import { startOutside } from './outside.js';
import { LOCATIONS } from './steps.js';

const everybody = { channel: 'any', shippingOption: 'any', paymentType: 'any', customerType: 'any' } as const;
const rank = [{ by: 'priority', order: 'asc' }] as const;

/** Where goods are, there they are packed; a line may be split. */
const split: Scenario = {
  name: 'split',
  priority: 100,
  defaultLocation: 'HUB',
  conditions: { ...everybody, channel: { in: ['split'] } },
  rules: [
    { name: 'one place', strategy: 'single', locations: {}, rank },
    { name: 'what there is', strategy: 'partial', locations: {}, rank },
  ],
};

/** One place packs all, and the others send what it lacks. */
const roof: Scenario = {
  name: 'roof',
  priority: 101,
  defaultLocation: 'HUB',
  conditions: { ...everybody, channel: { in: ['roof'] } },
  rules: [{ name: 'one roof', strategy: 'partial', transferable: true, locations: {}, rank }],
};

const fromAnywhere: TransferScenario = {
  name: 'from anywhere',
  priority: 100,
  conditions: everybody,
  rules: [{ name: 'any', lines: 'any', sources: {}, rank }],
};

export interface ArenaOptions {
  readonly mongoUri: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** File with the workflow bundle. */
  readonly bundle: string;
  /** Sequences that run at the same time, each at locations of its own. */
  readonly lanes: number;
  /** Least time between two restarts of the worker: each holds up all lanes. Steps that want more are passed over. */
  readonly restartEveryMs: number;
}

export type Arena = Awaited<ReturnType<typeof openArena>>;

/** Codes of the locations of a lane. */
export const locationsOf = (lane: number): string[] =>
  Array.from({ length: LOCATIONS }, (_, at) => `L${lane}-${at + 1}`);

/** The system as it runs in production, its worker in a process of its own, and everything around it. */
export async function openArena(options: ArenaOptions) {
  const outside = await startOutside();
  const database = await connectStore(options.mongoUri);
  await migrate(database);
  await prepareNamespace(options.temporalAddress, options.temporalNamespace);
  const configuration = createConfigurationStore(database);
  const records = createRecordStore(database);
  await setUpBrand(configuration, {
    ...{ stockUrl: outside.stock.url, carrierUrl: outside.carrier.url },
    settings: { trackingPollMinutes: 30, outOfStockRetryMinutes: 500_000 },
    ...{ scenarios: [], transferScenarios: [] },
  });
  await furnish(configuration, options.lanes);
  await subscribe(configuration, outside.receiver.url, {
    eventTypes: ['order.completed', 'package.created', 'transfer.status.created', 'package.items.missing'],
    ordering: 'per_subject',
  });
  const connection = await Connection.connect({ address: options.temporalAddress });
  const client = new Client({ connection, namespace: options.temporalNamespace });
  const orchestrator = createOrchestrator(client);
  const planner = createPlanner({ threads: 1, thread: PLAN_THREAD });
  const api = await serveWorld({ configuration, records, orchestrator, planner });
  const worker = await startWorkerProcess(options);
  let restartedAt = Date.now();
  return {
    ...{ outside, configuration, records, orchestrator, api },

    /** Ends the worker and begins another one, unless that has just been done. Answers whether it was done. */
    restartWorker: async (signal: NodeJS.Signals): Promise<boolean> => {
      if (Date.now() < restartedAt + options.restartEveryMs) return false;
      restartedAt = Number.POSITIVE_INFINITY;
      await worker.restart(signal);
      restartedAt = Date.now();
      return true;
    },

    verification: createVerification(records),
    workflows: createWorkflowStates(client, TASK_QUEUE),
    close: async (): Promise<void> => {
      await worker.stop();
      await api.close();
      await planner.close();
      await connection.close();
      await database.close();
      await outside.close();
    },
  };
}

async function furnish(configuration: ReturnType<typeof createConfigurationStore>, lanes: number): Promise<void> {
  const now = new Date();
  const { locations, distributionScenarios, transferScenarios } = configuration;
  const codes = Array.from({ length: lanes }, (_, lane) => locationsOf(lane)).flat();
  await locations.create('HUB', location('HUB', 1, { roles: [] }), now);
  for (const [index, code] of codes.entries()) await locations.create(code, location(code, index + 2), now);
  for (const scenario of [split, roof]) {
    await distributionScenarios.createDraft(scenario.name, scenario, now);
    await distributionScenarios.publish(scenario.name, 'test', now);
  }
  await transferScenarios.createDraft(fromAnywhere.name, fromAnywhere, now);
  await transferScenarios.publish(fromAnywhere.name, 'test', now);
}
