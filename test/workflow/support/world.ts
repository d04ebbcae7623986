import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

import { createWebhookActivities } from '../../../src/activities/webhooks.js';
import { createCarrierClient } from '../../../src/clients/carriers/carrierClient.js';
import { createInvoiceClient } from '../../../src/clients/invoiceService.js';
import { createOrchestrator } from '../../../src/clients/orchestrator.js';
import { createStockEngineClient } from '../../../src/clients/stockEngine.js';
import { createWebhookSender } from '../../../src/clients/webhookSender.js';
import type { Order } from '../../../src/domain/order/order.js';
import type { PackageCommand } from '../../../src/domain/package/commands.js';
import type { TransferState } from '../../../src/domain/lifecycle/transferLifecycle.js';
import type { PackageState } from '../../../src/domain/lifecycle/packageLifecycle.js';
import type { TransferCommand } from '../../../src/domain/transfer/commands.js';
import { createPlanner } from '../../../src/planner/planner.js';
import { createConfigurationStore } from '../../../src/store/configuration.js';
import { connectStore } from '../../../src/store/connection.js';
import { migrate } from '../../../src/store/migrate.js';
import { createRecordStore } from '../../../src/store/store.js';
import { createActivities, webhookStores } from '../../../src/workers/activities.js';
import { startWorkers } from '../../../src/workers/runWorkers.js';
import { orderWorkflowId, packageWorkflowId, type Continuing } from '../../../src/workflows/messages.js';
import { eventually } from '../../support/eventually.js';
import { PLAN_THREAD } from '../../support/planThread.js';
import { freshDatabase, stack, unique } from '../../support/stack.js';
import { setUpBrand, type BrandOptions } from './brand.js';
import { startCarrierService, startReceiver, startStockService } from './outside.js';

export type World = Awaited<ReturnType<typeof openWorld>>;

// Before anything else touches the native layer.
Runtime.install({ logger: new DefaultLogger('ERROR') });

const LOOPBACK = ['127.0.0.0/8'];

/** A Temporal server, and the time that activities go by. */
export interface Engine {
  readonly client: Client;
  readonly native: NativeConnection;
  readonly namespace: string;
  readonly now: () => Date;
  close(): Promise<void>;
}

async function devServer(): Promise<Engine> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const native = await NativeConnection.connect({ address: stack.temporalAddress });
  const namespace = stack.temporalNamespace;
  return {
    client: new Client({ connection, namespace }),
    native,
    namespace,
    now: () => new Date(),
    close: async () => {
      await native.close();
      await connection.close();
    },
  };
}

type WorldOptions = Omit<BrandOptions, 'stockUrl' | 'carrierUrl'> & {
  readonly engine?: Engine;
  /** A MongoDB of its own. */
  readonly mongoUri?: string;
  /** How long the runs of its workflows may become. */
  readonly continuing?: Continuing;
};

/** One brand with everything around it: a database, a task queue, workers, and real servers as the outside. */
export async function openWorld({ engine: given, mongoUri, continuing = {}, ...options }: WorldOptions = {}) {
  const [stock, carrier, receiver] = await Promise.all([startStockService(), startCarrierService(), startReceiver()]);
  const uri = mongoUri ?? freshDatabase();
  // What the product asks of MongoDB is counted on a connection of its own, away from what the test looks at.
  const [database, ours] = await Promise.all([connectStore(uri), connectStore(uri, { monitorCommands: true })]);
  const configuration = createConfigurationStore(database);
  const records = createRecordStore(database);
  const product = { configuration: createConfigurationStore(ours), records: createRecordStore(ours) };
  await migrate(database);
  await setUpBrand(configuration, { stockUrl: stock.url, carrierUrl: carrier.url, ...options });
  const engine = given ?? (await devServer());
  const { client, native, namespace, now } = engine;
  const taskQueue = unique('queue');
  const orchestrator = createOrchestrator(client, taskQueue, continuing);
  const clients = {
    stockClient: createStockEngineClient({ allow: LOOPBACK }),
    carrierClient: createCarrierClient({ allow: LOOPBACK }),
    invoiceClient: createInvoiceClient({ allow: LOOPBACK }),
  };
  const planner = createPlanner({ threads: 1, thread: PLAN_THREAD });
  const activities = {
    ...createActivities({ ...product, ...clients, planner, now }),
    ...createWebhookActivities({
      ...webhookStores(product),
      sender: createWebhookSender({ allow: LOOPBACK }),
      now,
      random: () => 0.5,
    }),
  };
  const bundle = { codePath: stack.workflowBundle };
  const workOn = (queue: string) =>
    startWorkers({ connection: native, namespace, taskQueue: queue, bundle, activities });
  const workers = await workOn(taskQueue);
  return {
    uri,
    /** The product's own connection. */
    ours,
    product,
    /** Workers of this brand for another task queue; to be stopped by whoever asks for them. */
    workOn,
    ...{ stock, carrier, receiver, database, configuration, records, client, orchestrator, taskQueue, planner },
    ...journeys({ records, orchestrator, client }),
    close: async () => {
      await workers.stop();
      await planner.close();
      await engine.close();
      await Promise.all([database.close(), ours.close()]);
      await Promise.all([stock.close(), carrier.close(), receiver.close()]);
    },
  };
}

interface Parts {
  readonly records: ReturnType<typeof createRecordStore>;
  readonly orchestrator: ReturnType<typeof createOrchestrator>;
  readonly client: Client;
}

/** What people and stores do, and what they wait for. */
function journeys({ records, orchestrator, client }: Parts) {
  const packageIn = (number: string, ...states: PackageState[]) =>
    eventually(
      async () => {
        const found = await records.packages.find(number);
        return found && states.includes(found.state) && found;
      },
      `${number} in ${states.join(' or ')}`,
    );

  const orderIn = (number: string, ...states: string[]) =>
    eventually(
      async () => {
        const found = await records.orders.find(number);
        return found && states.includes(found.state) && found;
      },
      `${number} in ${states.join(' or ')}`,
    );

  const command = (number: string, given: PackageCommand, id?: string) =>
    orchestrator.commandPackage(number, given, { by: 'test', ...(id === undefined ? {} : { id }) });

  const transferIn = (number: string, ...states: TransferState[]) =>
    eventually(
      async () => {
        const found = await records.transfers.find(number);
        return found && states.includes(found.state) && found;
      },
      `${number} in ${states.join(' or ')}`,
    );

  const commandTransfer = (number: string, given: TransferCommand, id?: string) =>
    orchestrator.commandTransfer(number, given, { by: 'test', ...(id === undefined ? {} : { id }) });

  const closed = (workflowId: string) =>
    eventually(async () => {
      const { status } = await client.workflow.getHandle(workflowId).describe();
      if (['FAILED', 'TERMINATED', 'TIMED_OUT'].includes(status.name))
        throw new Error(`${workflowId} ended as ${status.name}`);
      return status.name === 'COMPLETED';
    }, `${workflowId} closed`);

  return {
    packageIn,
    orderIn,
    transferIn,
    command,
    commandTransfer,
    closed,

    /** Takes an order in as the API does. */
    place: async (order: Order): Promise<string> => {
      await records.orders.insertReceived(order, new Date());
      await orchestrator.startOrder(order);
      return order.number;
    },

    /** prepare, ready, pack, ship. */
    workOff: async (number: string): Promise<void> => {
      await packageIn(number, 'waiting');
      for (const name of ['prepare', 'ready', 'pack', 'ship'] as const) await command(number, { command: name });
    },

    /** A workflow of its own has closed; its history is kept when asked for. */
    over: async (workflowId: string, name: string): Promise<void> => {
      await closed(workflowId);
      await keep(client, name, workflowId);
    },

    /** Both workflows of an order with one package have closed; their histories are kept when asked for. */
    ended: async (order: string, name: string, packages: readonly string[] = [`${order}P1`]): Promise<void> => {
      await closed(orderWorkflowId(order));
      for (const number of packages) await closed(packageWorkflowId(number));
      await keep(client, `${name}.order`, orderWorkflowId(order));
      for (const [index, number] of packages.entries())
        await keep(client, `${name}.package.${index + 1}`, packageWorkflowId(number));
    },
  };
}

/** `npm run histories` records what the tests live through, for the replay tests. */
async function keep(client: Client, name: string, workflowId: string): Promise<void> {
  const folder = process.env['OMS_RECORD_HISTORIES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const runs = await runsOf(client, workflowId);
  for (const [index, history] of runs.entries()) {
    const run = runs.length === 1 ? '' : `.run-${index + 1}`;
    writeFileSync(
      join(folder, `${name}${run}.json`),
      `{"workflowId":"${workflowId}","history":${JSON.stringify(JSON.parse(historyToJSON(history), anonymous))}}\n`,
    );
  }
}

/** The histories of all runs in which it has lived, the first one first. */
async function runsOf(client: Client, workflowId: string) {
  const runs: Awaited<ReturnType<WorkflowHandle['fetchHistory']>>[] = [];
  for (let runId: string | undefined; ;) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
    if (runId === '') return runs;
  }
}

/** Leaves out what tells of the machine that recorded it. */
function anonymous(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return '';
  if (key === 'identity') return 'worker';
  return key === 'name' && typeof value === 'string' && value.includes('@') ? 'sticky' : value;
}
